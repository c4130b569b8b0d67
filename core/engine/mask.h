// SPDX-License-Identifier: GPL-3.0-or-later
// Which keys a query attends to, as intervals, for every mask pattern the engine runs.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/engine/kernels/attention.h"

namespace headroom {

using kernels::Interval;

/// The attended keys of each query of a sequence, in order, never empty, never overlapping. All
/// patterns are causal: query i sees keys [0, i] at most.
class AttentionMask {
public:
    static AttentionMask causal();
    /// The last `window` keys, the query's own included. Mistral, arXiv:2310.06825.
    static AttentionMask sliding(std::int64_t window);
    /// Keys of the query's own chunk. Llama 4.
    static AttentionMask chunked(std::int64_t chunk);
    /// The last `stride` keys, and every stride-th key before them. Sparse Transformer,
    /// arXiv:1904.10509.
    static AttentionMask strided(std::int64_t stride);
    /// The query's own block of `block` keys and the first `global` keys.
    static AttentionMask block_local_global(std::int64_t block, std::int64_t global);
    /// A window and the first `global` keys; the first `global` queries see everything before them.
    /// Longformer, arXiv:2004.05150.
    static AttentionMask longformer(std::int64_t window, std::int64_t global);
    /// Blocks: the first `global` ones, a window of `window` ones, and `random` others drawn with
    /// `seed`. BigBird, arXiv:2007.14062.
    static AttentionMask big_bird(std::int64_t block, std::int64_t global, std::int64_t window,
                                  std::int64_t random, std::uint64_t seed);
    /// Chosen key columns and chosen diagonals (distance query - key). MInference,
    /// arXiv:2407.02490.
    static AttentionMask vertical_slash(std::vector<std::int64_t> columns,
                                        std::vector<std::int64_t> distances);
    /// Locally banded as in GPT-3's alternate layers: a window of `bandwidth` keys.
    /// arXiv:2005.14165.
    static AttentionMask banded(std::int64_t bandwidth);

    /// Attended keys of query `position`; `out` is replaced.
    void intervals(std::int64_t position, std::vector<Interval>& out) const {
        out.clear();
        m_rule(position, out);
    }
    /// Every query has one interval: the tile kernel applies.
    [[nodiscard]] bool is_band() const { return m_is_band; }
    /// Pairs of queries [begin, end) with their keys.
    [[nodiscard]] std::int64_t attended_pairs(std::int64_t begin, std::int64_t end) const;
    /// Keys that at least one of the queries [begin, end) attends to.
    [[nodiscard]] std::int64_t keys_in_view(std::int64_t begin, std::int64_t end) const;

private:
    using Rule = std::function<void(std::int64_t, std::vector<Interval>&)>;
    AttentionMask(Rule rule, bool is_band)
        : m_rule(std::move(rule))
        , m_is_band(is_band) {}
    Rule m_rule;
    bool m_is_band;
};

} // namespace headroom
