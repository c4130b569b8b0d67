// SPDX-License-Identifier: GPL-3.0-or-later
// What a sub-layer keeps from one token to the next. Reports, operators, memory, explanations, the
// engine's allocation, validation and the window all ask here.
#pragma once

#include "core/accounting/scenario.h"
#include "core/base/wide.h"
#include "core/config/layer_spec.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>

namespace headroom {

enum class KeptContent {
    KeysAndValues,
    Latent, ///< of which keys and values are made again: DeepSeek-V2, arXiv:2405.04434, sec. 2.1
};

/// How many entries there are after a number of tokens.
enum class KeptBound {
    Grows,  ///< one for each token
    Window, ///< the last `size` tokens
    Chunk,  ///< the tokens of the present block of `size`; the room is that of a whole block
    Rate,   ///< one for every `size` tokens that are complete
    Fixed,  ///< one, whatever has passed: a state
};

/// Entries of one make. An entry has `heads` equal parts of key_numbers + value_numbers each.
struct KeptEntry {
    KeptContent content = KeptContent::KeysAndValues;
    KeptBound bound = KeptBound::Grows;
    std::int64_t size = 0;  ///< see KeptBound
    std::int64_t heads = 1; ///< a tensor group divides them until each device has one
    std::int64_t key_numbers = 0;
    std::int64_t value_numbers = 0;
    std::int64_t most_read = 0;         ///< entries that a token selects; 0: it reads all
    bool is_shared = false;             ///< an earlier layer stores them, this one only reads
    std::optional<NumberFormat> format; ///< its own; none: that of the cache
    [[nodiscard]] Wide numbers() const { return wide(heads) * (key_numbers + value_numbers); }
    friend bool operator==(const KeptEntry&, const KeptEntry&) = default;
};

/// The few makes of entries that one sub-layer keeps, side by side. Made at every analysis, so that
/// room for the entries that are not there is left as it is.
class KeptList {
public:
    static constexpr std::size_t most = 4;
    void add(const KeptEntry& entry) { std::construct_at(data() + m_size++, entry); }
    [[nodiscard]] const KeptEntry* begin() const { return data(); }
    [[nodiscard]] const KeptEntry* end() const { return data() + m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] const KeptEntry& front() const { return *data(); }

private:
    static_assert(std::is_trivially_copyable_v<KeptEntry>);
    [[nodiscard]] KeptEntry* data() { return reinterpret_cast<KeptEntry*>(m_bytes.data()); }
    [[nodiscard]] const KeptEntry* data() const {
        return reinterpret_cast<const KeptEntry*>(m_bytes.data());
    }
    alignas(KeptEntry) std::array<std::byte, most * sizeof(KeptEntry)> m_bytes;
    std::size_t m_size = 0;
};

/// What the kind works on; nothing for one that looks at no other token.
[[nodiscard]] KeptList kept_by(const SubLayerKind& kind);
[[nodiscard]] KeptList kept_by(const GroupedQueryAttention& attention);
[[nodiscard]] KeptList kept_by(const LatentAttention& attention);

/// The same in this model: an encoder reads all tokens at once and keeps nothing.
[[nodiscard]] KeptList kept_by(const ModelSpec& spec, const SubLayerKind& kind);

/// Entries in memory after `tokens` tokens, one sequence. Shared ones are stored elsewhere: 0.
[[nodiscard]] inline std::int64_t stored_entries(const KeptEntry& entry, std::int64_t tokens) {
    if (entry.is_shared) {
        return 0;
    }
    switch (entry.bound) {
    case KeptBound::Grows:
        return tokens;
    case KeptBound::Window:
    case KeptBound::Chunk:
        return std::min(tokens, entry.size);
    case KeptBound::Rate:
        return tokens / entry.size;
    case KeptBound::Fixed:
        return 1;
    }
    return tokens;
}

/// Entries that `tokens` new tokens after `past` earlier ones meet, their own included, each once.
/// A chunk begins anew: of 9,000 tokens in blocks of 8,192 the last one sees 808.
[[nodiscard]] inline std::int64_t read_entries(const KeptEntry& entry, std::int64_t past,
                                               std::int64_t tokens = 1) {
    std::int64_t met = past + tokens;
    switch (entry.bound) {
    case KeptBound::Grows:
        break;
    case KeptBound::Window: // a query sees itself, so that the window holds one earlier token less
        met = std::min(past, std::max<std::int64_t>(0, entry.size - 1)) + tokens;
        break;
    case KeptBound::Chunk:
        met = past % std::max<std::int64_t>(1, entry.size) + tokens;
        break;
    case KeptBound::Rate:
        met = (past + tokens) / entry.size;
        break;
    case KeptBound::Fixed:
        met = 1;
        break;
    }
    return entry.most_read > 0 ? std::min(met, entry.most_read * tokens) : met;
}

/// Bytes of stored_entries and read_entries in the cache's format, or the entries' own.
[[nodiscard]] Wide stored_bytes(const KeptEntry& entry, std::int64_t tokens, NumberFormat cache);
[[nodiscard]] Wide read_bytes(const KeptEntry& entry, std::int64_t past, std::int64_t tokens,
                              NumberFormat cache);

/// The entries as one device of `tensor_parallel` keeps them: heads are divided until one is left,
/// then every device has a copy.
[[nodiscard]] inline KeptEntry on_device(KeptEntry entry, std::int64_t tensor_parallel) {
    entry.heads = std::max<std::int64_t>(1, entry.heads / tensor_parallel);
    return entry;
}

} // namespace headroom
