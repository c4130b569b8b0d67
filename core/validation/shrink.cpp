// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/shrink.h"

#include "core/config/config_fields.h"
#include "core/config/expand.h"
#include "core/config/families.h"
#include "core/config/layer_patterns.h"
#include "core/validation/layer_selection.h"
#include "core/validation/shrink_sizes.h"
#include "core/validation/validation_sentences.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr int steps_per_octave = 8;
constexpr int most_steps = 20 * steps_per_octave;

template <class T>
void gather(std::vector<T>& list, std::span<const std::int64_t> layers) {
    if (list.empty()) {
        return;
    }
    std::vector<T> fewer;
    for (const std::int64_t layer : layers) {
        fewer.push_back(list[static_cast<std::size_t>(layer)]);
    }
    list = std::move(fewer);
}

std::int64_t below(std::span<const std::int64_t> layers, std::int64_t limit) {
    return std::count_if(layers.begin(), layers.end(),
                         [limit](std::int64_t layer) { return layer < limit; });
}

/// Lists of layer numbers name the layers that stayed by their new numbers.
void renumber(std::vector<std::int64_t>& list, std::span<const std::int64_t> layers) {
    std::vector<std::int64_t> renumbered;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (std::find(list.begin(), list.end(), layers[i]) != list.end()) {
            renumbered.push_back(static_cast<std::int64_t>(i));
        }
    }
    list = std::move(renumbered);
}

/// Patterns of the layers that stay.
void choose_layers(const ModelConfig& original, std::span<const std::int64_t> layers,
                   ModelConfig& tiny) {
    gather(tiny.layer_types, layers);
    gather(tiny.no_rope_layers, layers);
    gather(tiny.intermediate_sizes, layers);
    gather(tiny.activation_sparsity_pattern, layers);
    renumber(tiny.mlp_only_layers, layers);
    renumber(tiny.moe_layers, layers);
    tiny.first_k_dense_replace = below(layers, original.first_k_dense_replace);
    if (original.max_window_layers < original.num_hidden_layers) {
        tiny.max_window_layers = below(layers, original.max_window_layers);
    }
    tiny.num_kv_shared_layers =
        static_cast<std::int64_t>(layers.size()) -
        below(layers, original.num_hidden_layers - original.num_kv_shared_layers);
}

/// Writes patterns out layer by layer where the family's rule gives the layers that stayed another
/// kind than they had.
void write_out_patterns(const ModelConfig& original, const Family& family,
                        std::span<const std::int64_t> layers, ModelConfig& tiny) {
    const auto differs = [&](auto&& property) {
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (property(original, layers[i]) != property(tiny, static_cast<std::int64_t>(i))) {
                return true;
            }
        }
        return false;
    };
    const auto rope = [&](const ModelConfig& c, std::int64_t i) {
        return layer_uses_rope(c, family, i);
    };
    const auto span = [&](const ModelConfig& c, std::int64_t i) {
        return layer_span(c, family, i);
    };
    const auto experts = [&](const ModelConfig& c, std::int64_t i) {
        return layer_has_experts(c, family, i);
    };
    if (differs(rope)) {
        tiny.no_rope_layers.clear();
        for (const std::int64_t layer : layers) {
            tiny.no_rope_layers.push_back(rope(original, layer) ? 1 : 0);
        }
    }
    if (differs(span)) {
        tiny.layer_types.clear();
        for (const std::int64_t layer : layers) {
            tiny.layer_types.emplace_back(layer_type_text(span(original, layer)));
        }
    }
    if (differs(experts)) {
        tiny.decoder_sparse_step = 1;
        tiny.mlp_only_layers.clear();
        tiny.moe_layers.clear();
        for (std::size_t i = 0; i < layers.size(); ++i) {
            (experts(original, layers[i]) ? tiny.moe_layers : tiny.mlp_only_layers)
                .push_back(static_cast<std::int64_t>(i));
        }
        if (family.moe != MoeRule::Interleaved) {
            tiny.moe_layers.clear();
        }
        if (family.moe != MoeRule::SparseStep) {
            tiny.mlp_only_layers = original.mlp_only_layers;
        }
    }
}

/// Whether layers that were of one kind still are, and layers of two kinds are not.
bool same_pattern(const ModelSpec& original, std::span<const std::int64_t> layers,
                  const ModelSpec& tiny) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const bool were = original.kind_of_layer[static_cast<std::size_t>(layers[i])] ==
                              original.kind_of_layer[static_cast<std::size_t>(layers[j])];
            if (were != (tiny.kind_of_layer[i] == tiny.kind_of_layer[j])) {
                return false;
            }
        }
    }
    return true;
}

/// Everything about a design that does not depend on how small it gets.
struct Source {
    const ModelConfig& config;
    const Family& family;
    ModelSpec spec;
    std::vector<LayerRun> runs;
    std::int64_t context = 0;
};

Result<Source> source_of(const ModelConfig& config, std::int64_t context) {
    Result<ModelSpec> spec = expand_layers(config);
    if (!spec) {
        return spec.error();
    }
    std::vector<LayerRun> runs = layer_runs(spec->kind_of_layer);
    return Source{config, *find_family(config.model_type), *std::move(spec), std::move(runs),
                  context};
}

Result<ShrunkDesign> shrunk(const Source& source, int steps) {
    const double scale = std::exp2(-static_cast<double>(steps) / steps_per_octave);
    ShrunkDesign design;
    design.source_layers = select_layers(source.runs, scale);
    design.config = source.config;
    choose_layers(source.config, design.source_layers, design.config);
    design.scale = scale_sizes(source.config, source.family, scale, source.context,
                               design.source_layers, design.config, design.fields);
    write_out_patterns(source.config, source.family, design.source_layers, design.config);
    const Result<ModelSpec> spec = expand_layers(design.config);
    if (!spec) {
        return spec.error();
    }
    if (!same_pattern(source.spec, design.source_layers, *spec)) {
        return Error{"", "num_hidden_layers",
                     validation_says<"no-such-pattern">(design.config.num_hidden_layers)};
    }
    const auto order = [](const ShrunkField& field) { return find_field(field.name); };
    std::stable_sort(
        design.fields.begin(), design.fields.end(),
        [&](const ShrunkField& a, const ShrunkField& b) { return order(a) < order(b); });
    design.ratios = shrunk_ratios(source.config, design.config);
    return design;
}

} // namespace

bool ShrunkField::is_rounded() const {
    constexpr double tolerance = 0.005;
    return std::abs(tiny - exact) > tolerance * std::abs(exact);
}

Result<ShrunkDesign> shrink_by_steps(const ModelConfig& config, std::int64_t context, int steps) {
    const Result<Source> source = source_of(config, context);
    if (!source) {
        return source.error();
    }
    return shrunk(*source, std::clamp(steps, 0, most_steps));
}

Result<ShrunkDesign> shrink(const ModelConfig& config, std::int64_t context, ShrinkFits fits) {
    const Result<Source> source = source_of(config, context);
    if (!source) {
        return source.error();
    }
    Result<ShrunkDesign> last = shrunk(*source, 0);
    for (int steps = 1; steps <= most_steps && last && !fits(last->config); ++steps) {
        last = shrunk(*source, steps);
    }
    return last;
}

} // namespace headroom
