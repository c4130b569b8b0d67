// SPDX-License-Identifier: GPL-3.0-or-later
// The CPU engine: runs a safetensors folder, or random weights for a configuration.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/config/layer_spec.h"
#include "core/config/model_config.h"
#include "core/engine/counters.h"
#include "core/engine/forward_pass.h"
#include "core/engine/kernels/packed_matrix.h"
#include "core/engine/mask.h"

namespace headroom {

struct EngineOptions {
    int threads = 0; ///< 0: one per hardware thread
    WeightType weight_type = WeightType::F32;
    /// Tokens the cache holds; 0: max_position_embeddings, at most 4096.
    std::int64_t context = 0;
    /// Tokens of a prompt that run through the layers at once.
    std::int64_t prefill_chunk = 512;
    /// Bytes that weights, cache, workspace and logits may take together; 0: what the computer has.
    std::int64_t memory_limit = 0;
    /// Asked between rows while weights are read: loading then ends with an error.
    std::stop_token stop;
    /// Counts for each expert the tokens that reached it.
    bool count_expert_tokens = false;
    /// Every sub-layer keeps what it computed in buffers of its own, as a backward pass needs it.
    bool keep_activations = false;
    /// Replaces causal attention in layers that attend to everything.
    std::optional<AttentionMask> attention_mask;
};

/// One sequence at a time. Not for use from two threads at once. Every call that can fail leaves
/// the engine usable; after a cancelled call, `reset` is needed before the next.
class Engine {
public:
    /// Reads config.json and the weights of `folder`. Errors name file, tensor, found, expected.
    [[nodiscard]] static Result<Engine> load(const std::filesystem::path& folder,
                                             const EngineOptions& options = {});
    /// Weights of standard deviation 0.02, the same for the same seed.
    [[nodiscard]] static Result<Engine> random(const ModelConfig& config, std::uint64_t seed,
                                               const EngineOptions& options = {});
    [[nodiscard]] static Result<Engine> random(const ModelSpec& spec, std::uint64_t seed,
                                               const EngineOptions& options = {});
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;
    ~Engine();

    /// Appends tokens to the sequence. Result: logits [1, vocab] of the last token or [T, vocab] of
    /// all, valid until the next call. Errors: no token, a token outside the vocabulary, a sequence
    /// longer than the cache, a stop request.
    [[nodiscard]] Result<std::span<const float>> prefill(std::span<const std::int32_t> tokens,
                                                         LogitRows rows = LogitRows::Last,
                                                         const std::stop_token& stop = {});
    /// Appends one token. Result: logits [vocab], valid until the next call.
    [[nodiscard]] Result<std::span<const float>> decode(std::int32_t token,
                                                        const std::stop_token& stop = {});
    /// Appends the prompt and then `count` tokens, each the likeliest after what came before.
    /// `on_token` hears of each as it is found. The last one is not run through the layers.
    [[nodiscard]] Result<std::vector<std::int32_t>>
    generate(std::span<const std::int32_t> prompt, std::int64_t count,
             const std::function<void(std::int32_t)>& on_token = {},
             const std::stop_token& stop = {});
    /// Forgets the sequence and the counters; keeps weights and memory.
    void reset();

    [[nodiscard]] const ModelSpec& spec() const;
    [[nodiscard]] std::int64_t position() const; ///< tokens in the sequence
    [[nodiscard]] std::int64_t context() const;  ///< tokens the cache holds
    [[nodiscard]] int threads() const;
    [[nodiscard]] std::int64_t parameters() const;    ///< trainable, a tied matrix once
    [[nodiscard]] std::int64_t weights_bytes() const; ///< with the padding of their panels
    [[nodiscard]] std::int64_t weights_padding_bytes() const;
    [[nodiscard]] std::int64_t kv_cache_bytes() const;
    [[nodiscard]] std::vector<std::int64_t> kv_cache_bytes_per_layer() const;
    /// Of those, the bytes of slots that hold a token of the sequence.
    [[nodiscard]] std::vector<std::int64_t> kv_cache_bytes_filled_per_layer() const;
    [[nodiscard]] std::int64_t workspace_bytes() const;
    /// What the last pass (a chunk of a prompt, or a token) computed in a sub-layer; until the
    /// next. Only with keep_activations it is still what it was.
    [[nodiscard]] const Activations& activations(std::int64_t layer, std::size_t sub_layer) const;
    [[nodiscard]] const ModelWeights& weights() const;
    [[nodiscard]] const StepCounters& counters() const;  ///< since the last reset
    [[nodiscard]] const StepCounters& last_step() const; ///< of the last prefill or decode
    /// [layers][experts] tokens routed to each since the last reset; a layer without experts has
    /// none, and no layer has unless count_expert_tokens is set.
    [[nodiscard]] const ExpertTokens& expert_tokens() const;

private:
    struct State;
    explicit Engine(std::unique_ptr<State> state);
    [[nodiscard]] static Result<Engine> make(const ModelSpec& spec, TensorSource& source,
                                             const EngineOptions& options);
    std::unique_ptr<State> m_state;
};

/// Bytes that an engine for this design and these options allocates: weights with their padding,
/// cache, workspace, logits of one chunk, rotary tables. Error: a design that the engine does not
/// run, named.
[[nodiscard]] Result<std::int64_t> engine_memory_bytes(const ModelConfig& config,
                                                       const EngineOptions& options);

/// Index of the largest logit; the first of equals.
[[nodiscard]] std::int32_t likeliest(std::span<const float> logits);

} // namespace headroom
