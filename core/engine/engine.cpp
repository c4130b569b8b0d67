// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/overloaded.h"

#include <algorithm>
#include <numeric>

#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/config/layer_queries.h"
#include "core/engine/engine_sentences.h"
#include "core/engine/engine_state.h"

namespace headroom {

namespace {

AttentionMask mask_for(const SubLayerKind& kind, const std::optional<AttentionMask>& instead) {
    const AttentionSpan* found = span_of(kind);
    const AttentionSpan span = found == nullptr ? AttentionSpan{} : *found;
    switch (span.kind) {
    case SpanKind::Full:
        return instead ? *instead : AttentionMask::causal();
    case SpanKind::Sliding:
        return AttentionMask::sliding(span.size);
    case SpanKind::Chunked:
        return AttentionMask::chunked(span.size);
    }
    return AttentionMask::causal();
}

/// Whether the kernels of a kind want one interval of keys for each query.
bool takes_bands_only(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention&) { return false; },
                          [](const LatentAttention&) { return true; },
                          [](const DenseFeedForward&) { return false; },
                          [](const MixtureOfExperts&) { return false; },
                      },
                      kind);
}

/// Sum of `bytes` over the caches of each layer.
template <class Bytes>
std::vector<std::int64_t> of_layers(const std::vector<LayerState>& layers, Bytes&& bytes) {
    std::vector<std::int64_t> sums;
    for (const LayerState& layer : layers) {
        std::int64_t sum = 0;
        for (const SubLayerState& sub : layer) {
            sum += bytes(sub.cache);
        }
        sums.push_back(sum);
    }
    return sums;
}

/// One table for each distinct rotary specification, for a sequence within the trained length.
std::vector<RopeTable> rope_tables_for(const ModelSpec& spec, std::int64_t positions) {
    std::vector<RopeTable> tables;
    for (const LayerKind& kind : spec.kinds) {
        const RotarySpec* rotary = rotary_of(kind.spec);
        if (rotary != nullptr &&
            std::none_of(tables.begin(), tables.end(),
                         [&](const RopeTable& table) { return table.spec == *rotary; })) {
            tables.push_back(make_rope_table(*rotary, positions));
        }
    }
    return tables;
}

/// At most what rope_tables_for allocates: a table for each kind of layer.
std::int64_t rope_table_bytes(const ModelSpec& spec, std::int64_t positions) {
    std::int64_t bytes = 0;
    for (const LayerKind& kind : spec.kinds) {
        const RotarySpec* rotary = rotary_of(kind.spec);
        const std::int64_t rotary_dim = rotary != nullptr ? rotary->rotary_dim : 0;
        bytes += positions * rotary_dim * static_cast<std::int64_t>(sizeof(float));
    }
    return bytes;
}

/// What an engine takes besides weights.
std::int64_t further_bytes(const ModelSpec& spec, const WorkspaceLimits& limits) {
    return cache_bytes(spec, limits.context) + workspace_bytes(spec, limits) +
           limits.tokens * spec.vocab_size * static_cast<std::int64_t>(sizeof(float)) +
           rope_table_bytes(spec, limits.context);
}

std::int64_t context_for(const ModelSpec& spec, const EngineOptions& options) {
    constexpr std::int64_t default_context = 4096;
    return options.context > 0 ? options.context
                               : std::min(spec.max_position_embeddings, default_context);
}

} // namespace

Engine::Engine(std::unique_ptr<State> state)
    : m_state(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::load(const std::filesystem::path& folder, const EngineOptions& options) {
    const Result<ModelConfig> config = read_config(folder);
    if (!config) {
        return config.error();
    }
    const Result<ModelSpec> spec = expand_layers(*config);
    if (!spec) {
        return spec.error();
    }
    const Result<std::unique_ptr<TensorSource>> source = open_weights(folder);
    if (!source) {
        return source.error();
    }
    (*source)->stop_when(options.stop);
    return make(*spec, **source, options);
}

Result<Engine> Engine::random(const ModelConfig& config, std::uint64_t seed,
                              const EngineOptions& options) {
    const Result<ModelSpec> spec = expand_layers(config);
    if (!spec) {
        return spec.error();
    }
    return random(*spec, seed, options);
}

Result<Engine> Engine::random(const ModelSpec& spec, std::uint64_t seed,
                              const EngineOptions& options) {
    const std::unique_ptr<TensorSource> source = random_weights(seed);
    source->stop_when(options.stop);
    return make(spec, *source, options);
}

Result<Engine> Engine::make(const ModelSpec& spec, TensorSource& source,
                            const EngineOptions& options) {
    auto state = std::make_unique<State>();
    state->spec = spec;
    state->context = context_for(spec, options);
    constexpr std::int64_t most_context = std::int64_t{1} << 27;
    if (state->context > most_context) {
        return Error{"", "context",
                     found_expected(state->context, base_says<"at-most">(most_context))};
    }
    if (spec.learned_positions > 0 && state->context > spec.learned_positions) {
        return Error{"", "context",
                     found_expected(state->context,
                                    engine_says<"at-most-positions">(spec.learned_positions))};
    }
    const bool has_latent =
        std::any_of(spec.parts.begin(), spec.parts.end(), [&](const LayerPart& p) {
            return takes_bands_only(spec.sub_layer_of(p).kind);
        });
    if (has_latent && options.attention_mask && !options.attention_mask->is_band()) {
        return Error{
            "", "attention_mask",
            found_expected(engine_says<"several-intervals">(), engine_says<"one-interval">())};
    }
    state->chunk = std::clamp<std::int64_t>(options.prefill_chunk, 1, state->context);
    state->pool = std::make_unique<ThreadPool>(options.threads);
    const WorkspaceLimits limits{state->chunk, state->context, state->pool->size(),
                                 options.keep_activations};
    Result<ModelWeights> weights = load_weights(state->spec, source, options.weight_type,
                                                further_bytes(spec, limits), options.memory_limit);
    if (!weights) {
        return weights.error();
    }
    state->weights = *std::move(weights);
    state->rope_tables = rope_tables_for(spec, state->context);
    state->turns_by_length = std::any_of(
        state->rope_tables.begin(), state->rope_tables.end(),
        [&](const RopeTable& table) { return length_turned_for(table.spec, state->context) > 0; });
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        LayerState& layer = state->layers.emplace_back();
        for (const SubLayer& sub : spec.layer(i).sub_layers) {
            layer.push_back(
                {mask_for(sub.kind, options.attention_mask), make_cache(sub.kind, state->context)});
        }
    }
    if (options.count_expert_tokens) {
        for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
            const MixtureOfExperts* moe = experts_of(spec.layer(i));
            state->expert_tokens.emplace_back(
                moe == nullptr ? 0U : static_cast<std::size_t>(moe->num_experts));
        }
    }
    state->workspace = make_workspace(spec, limits);
    return Engine(std::move(state));
}

Result<std::span<const float>> Engine::prefill(std::span<const std::int32_t> tokens, LogitRows rows,
                                               const std::stop_token& stop) {
    State& s = *m_state;
    const auto count = static_cast<std::int64_t>(tokens.size());
    if (s.is_cancelled) {
        return Error{"", "sequence", engine_says<"needs-reset">()};
    }
    if (count == 0) {
        return Error{"", "tokens",
                     found_expected(base_says<"none">(), base_says<"at-least-one">())};
    }
    if (s.position + count > s.context) {
        return Error{"", "tokens",
                     found_expected(engine_says<"sequence-of">(s.position + count),
                                    engine_says<"at-most-context">(s.context))};
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i] < 0 || tokens[i] >= s.spec.vocab_size) {
            return Error{"", "tokens[" + std::to_string(i) + "]",
                         found_expected(tokens[i], base_says<"from-to">(0, s.spec.vocab_size - 1))};
        }
    }
    const auto vocab = static_cast<std::size_t>(s.spec.vocab_size);
    const std::size_t floats = vocab * (rows == LogitRows::All ? tokens.size() : 1);
    if (s.logits.size() < floats * sizeof(float)) {
        if (const Status fits =
                check_memory(static_cast<std::int64_t>(floats * sizeof(float)), "logits");
            !fits) {
            return fits.error();
        }
        s.logits = AlignedBuffer(floats * sizeof(float));
    }
    s.step = {};
    if (!s.turn_for(s.position + count, stop) || !s.run(tokens, rows, stop)) {
        s.is_cancelled = true;
        return Error{"", "sequence", base_says<"cancelled">()};
    }
    if (s.turns_by_length) {
        s.tokens.insert(s.tokens.end(), tokens.begin(), tokens.end());
    }
    s.total += s.step;
    return std::span<const float>(s.logits.floats(), floats);
}

Result<std::span<const float>> Engine::decode(std::int32_t token, const std::stop_token& stop) {
    return prefill({&token, 1}, LogitRows::Last, stop);
}

Result<std::vector<std::int32_t>>
Engine::generate(std::span<const std::int32_t> prompt, std::int64_t count,
                 const std::function<void(std::int32_t)>& on_token, const std::stop_token& stop) {
    std::vector<std::int32_t> generated;
    Result<std::span<const float>> logits = prefill(prompt, LogitRows::Last, stop);
    for (std::int64_t i = 0; i < count; ++i) {
        if (!logits) {
            return logits.error();
        }
        generated.push_back(likeliest(*logits));
        if (on_token) {
            on_token(generated.back());
        }
        if (i + 1 < count) {
            logits = decode(generated.back(), stop);
        }
    }
    if (!logits) {
        return logits.error();
    }
    return generated;
}

void Engine::reset() {
    m_state->position = 0;
    m_state->tokens.clear();
    m_state->is_cancelled = false;
    m_state->total = {};
    m_state->step = {};
    for (std::vector<std::int64_t>& tokens : m_state->expert_tokens) {
        std::fill(tokens.begin(), tokens.end(), 0);
    }
}

const ModelSpec& Engine::spec() const {
    return m_state->spec;
}
std::int64_t Engine::position() const {
    return m_state->position;
}
std::int64_t Engine::context() const {
    return m_state->context;
}
int Engine::threads() const {
    return m_state->pool->size();
}
std::int64_t Engine::parameters() const {
    return m_state->weights.parameters;
}
std::int64_t Engine::weights_bytes() const {
    return m_state->weights.bytes;
}

std::int64_t Engine::weights_padding_bytes() const {
    return m_state->weights.padding_bytes;
}

std::int64_t Engine::kv_cache_bytes() const {
    const std::vector<std::int64_t> layers = kv_cache_bytes_per_layer();
    return std::accumulate(layers.begin(), layers.end(), std::int64_t{0});
}

std::vector<std::int64_t> Engine::kv_cache_bytes_per_layer() const {
    return of_layers(m_state->layers, [](const LayerCache& cache) { return cache.bytes(); });
}

std::vector<std::int64_t> Engine::kv_cache_bytes_filled_per_layer() const {
    return of_layers(m_state->layers, [this](const LayerCache& cache) {
        return cache.filled_bytes(m_state->position);
    });
}

std::int64_t Engine::workspace_bytes() const {
    return static_cast<std::int64_t>(m_state->workspace.memory.size());
}
const Activations& Engine::activations(std::int64_t layer, std::size_t sub_layer) const {
    return m_state->workspace.layers[static_cast<std::size_t>(layer)][sub_layer];
}

const ModelWeights& Engine::weights() const {
    return m_state->weights;
}

const StepCounters& Engine::counters() const {
    return m_state->total;
}
const StepCounters& Engine::last_step() const {
    return m_state->step;
}

const ExpertTokens& Engine::expert_tokens() const {
    return m_state->expert_tokens;
}

Result<std::int64_t> engine_memory_bytes(const ModelConfig& config, const EngineOptions& options) {
    const Result<ModelSpec> spec = expand_layers(config);
    if (!spec) {
        return spec.error();
    }
    const std::int64_t context = context_for(*spec, options);
    const Result<std::int64_t> weights =
        planned_weight_bytes(*spec, *random_weights(0), options.weight_type);
    if (!weights) {
        return weights.error();
    }
    const int threads = ThreadPool::resolve(options.threads);
    const WorkspaceLimits limits{std::clamp<std::int64_t>(options.prefill_chunk, 1, context),
                                 context, threads, options.keep_activations};
    return *weights + further_bytes(*spec, limits);
}

std::int32_t likeliest(std::span<const float> logits) {
    return static_cast<std::int32_t>(std::max_element(logits.begin(), logits.end()) -
                                     logits.begin());
}

} // namespace headroom
