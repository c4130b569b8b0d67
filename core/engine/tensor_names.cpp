// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/tensor_names.h"

#include <array>
#include <string_view>
#include <vector>

namespace headroom {
namespace {

/// Names for one part of a tensor's name. `at_start`: only as its beginning.
struct Synonyms {
    bool at_start = false;
    std::vector<std::string_view> names;
};

const std::vector<Synonyms>& synonyms() {
    static const std::vector<Synonyms> list = {
        {true, {"model.", "model.language_model.", "language_model.model.", ""}},
        {true, {"transformer.", ""}},
        {true, {"lm_head.", "language_model.lm_head."}},
        {false, {".mlp.", ".feed_forward.", ".block_sparse_moe."}},
        {false, {".gate.weight", ".router.weight", ".gate.wg.weight"}},
        {false, {".gate.e_score_correction_bias", ".e_score_correction_bias"}},
        {false, {".shared_experts.", ".shared_expert."}},
        {false, {".gate_proj.weight", ".w1.weight"}},
        {false, {".up_proj.weight", ".w3.weight"}},
        {false, {".down_proj.weight", ".w2.weight"}},
    };
    return list;
}

/// Where one of the names stands in `name`, the longest that fits; npos: nowhere.
std::size_t find(const Synonyms& group, const std::string& name, std::string_view& found) {
    std::size_t place = std::string::npos;
    for (const std::string_view part : group.names) {
        const std::size_t at = part.empty()     ? std::string::npos
                               : group.at_start ? (name.starts_with(part) ? 0 : std::string::npos)
                                                : name.find(part);
        if (at != std::string::npos && (place == std::string::npos || part.size() > found.size())) {
            place = at;
            found = part;
        }
    }
    return place;
}

/// Tries every combination of synonyms from the group `first` on; empty: none exists.
std::string search(const TensorSource& source, const std::string& name, std::size_t first) {
    for (std::size_t g = first; g < synonyms().size(); ++g) {
        const Synonyms& group = synonyms()[g];
        std::string_view part;
        const std::size_t at = find(group, name, part);
        if (at == std::string::npos) {
            continue;
        }
        for (const std::string_view other : group.names) {
            std::string renamed = name;
            renamed.replace(at, part.size(), other);
            if (std::string found = search(source, renamed, g + 1); !found.empty()) {
                return found;
            }
        }
        return {};
    }
    return source.has(name) ? name : std::string{};
}

} // namespace

std::string stored_name(const TensorSource& source, const std::string& name) {
    if (source.has(name)) {
        return name;
    }
    std::string found = search(source, name, 0);
    return found.empty() ? name : found;
}

} // namespace headroom
