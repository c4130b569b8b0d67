// SPDX-License-Identifier: GPL-3.0-or-later
// Where weights come from: a safetensors folder, a random generator, or nowhere (to plan memory).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/engine/engine_sentences.h"
#include "core/engine/safetensors.h"

namespace headroom {

/// What a tensor holds before training. Embedding: normal with deviation 1, fifty times that of a
/// matrix, so that layers tell tokens apart. Router: normal, every row (an expert) of the same
/// length, so that none is preferred.
enum class Initial { Normal, Embedding, Router, Ones, Zeros };

/// Receives rows of a tensor as fp32, in order, each once.
using RowSink = std::function<void(std::int64_t row, const float* values)>;

class TensorSource {
public:
    virtual ~TensorSource() = default;
    /// Whether `name` exists; a source that can make any tensor says yes.
    [[nodiscard]] virtual bool has(const std::string& name) const = 0;
    /// Streams a tensor of exactly this shape, leading dimensions flattened into rows. An error
    /// names file, tensor, found and expected.
    [[nodiscard]] virtual Status rows(const std::string& name, std::span<const std::int64_t> shape,
                                      Initial initial, const RowSink& sink) = 0;
    /// Shape of a stored tensor; empty when the source makes any shape.
    [[nodiscard]] virtual std::vector<std::int64_t> shape(const std::string& name) const = 0;
    /// Tensors that may be there and are not read: all whose name begins with `prefix`.
    virtual void ignore(const std::string& prefix) = 0;
    /// Refuses tensors that were neither asked for nor ignored.
    [[nodiscard]] virtual Status check_all_used() const = 0;

    /// `rows` asks before each row and ends with an error when a stop is requested.
    void stop_when(std::stop_token stop) { m_stop = std::move(stop); }

protected:
    [[nodiscard]] bool is_stopped() const { return m_stop.stop_requested(); }
    static Error stopped(const std::string& name) {
        return {"", name, engine_says<"reading-cancelled">()};
    }

private:
    std::stop_token m_stop;
};

/// Whether open_weights would find something to open.
[[nodiscard]] bool has_weights(const std::filesystem::path& folder);

/// `model.safetensors`, or the shards that `model.safetensors.index.json` lists.
[[nodiscard]] Result<std::unique_ptr<TensorSource>>
open_weights(const std::filesystem::path& folder);

/// Weights of standard deviation 0.02, the same for the same seed and name.
[[nodiscard]] std::unique_ptr<TensorSource> random_weights(std::uint64_t seed);

} // namespace headroom
