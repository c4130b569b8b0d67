// SPDX-License-Identifier: GPL-3.0-or-later
// Claims about heads, caches and windows.
#include "core/base/overloaded.h"
#include "core/claims/check_claims.h"
#include "core/claims/check_parts.h"
#include "core/claims/claims_sentences.h"
#include "core/config/layer_queries.h"
#include "core/presets/presets.h"
#include "core/study/series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace headroom::check {

namespace {

constexpr std::int64_t long_context = 131072;

/// Width of one head's query.key product in the first layer.
std::int64_t head_width(const ModelSpec& spec) {
    const SubLayer* attention = sub_layer_of(spec.layer(0), SubLayerRole::Attention);
    return attention == nullptr ? 0 : qk_head_dim_of(attention->kind);
}

/// The first layer's query heads and KV heads; nothing where the cache is no heads' own.
struct Heads {
    std::int64_t num_attention_heads = 0;
    std::int64_t num_key_value_heads = 0;
};
std::optional<Heads> grouped_query(const ModelSpec& spec) {
    const SubLayer* attention = sub_layer_of(spec.layer(0), SubLayerRole::Attention);
    if (attention == nullptr) {
        return std::nullopt;
    }
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) -> std::optional<Heads> {
                              return Heads{a.num_attention_heads, a.num_key_value_heads};
                          },
                          [](const LatentAttention&) -> std::optional<Heads> { return {}; },
                          [](const DenseFeedForward&) -> std::optional<Heads> { return {}; },
                          [](const MixtureOfExperts&) -> std::optional<Heads> { return {}; },
                      },
                      attention->kind);
}

Result<Outcome> head_dim_64_128() {
    std::size_t all = 0;
    std::size_t inside = 0;
    std::vector<Sentence> outside;
    for (const ModelPreset& preset : model_presets()) {
        const Result<ModelSpec> spec = expand_layers(preset.config);
        if (!spec) {
            return spec.error();
        }
        const std::int64_t width = head_width(*spec);
        ++all;
        if (width >= 64 && width <= 128) {
            ++inside;
        } else {
            outside.push_back(claims_says<"named-figure">(preset.name, width));
        }
    }
    return Outcome{claims_says<"heads-inside">(inside, all),
                   inside == all       ? Verdict::Holds
                   : 2 * inside >= all ? Verdict::HoldsUnderCondition
                                       : Verdict::DoesNotHold,
                   outside.empty() ? claims_says<"no-exception">()
                                   : claims_says<"head-habit">(items(outside))};
}

/// The same design with as many KV heads as query heads.
ModelConfig with_all_heads_cached(ModelConfig config) {
    config.num_key_value_heads = config.num_attention_heads;
    return config;
}

struct Saving {
    std::int64_t first_context = 0; ///< where the saving enters 30-50 %
    std::int64_t last_context = 0;  ///< and the last context where it is inside
};

/// Contexts at which weights + cache together shrink by 30-50 % through grouped queries.
Result<Saving> total_saving(const ModelConfig& grouped, const ModelConfig& full) {
    Saving saving;
    for (const std::int64_t context : octave_grid(512, std::int64_t{1} << 20, 4)) {
        const Result<Analysis> a = analyze_at(grouped, context);
        const Result<Analysis> b = analyze_at(full, context);
        if (!a || !b) {
            return a ? b.error() : a.error();
        }
        const double share = 1 - static_cast<double>(a->memory.total_bytes) /
                                     static_cast<double>(b->memory.total_bytes);
        if (share >= 0.3 && share <= 0.5) {
            saving.first_context = saving.first_context == 0 ? context : saving.first_context;
            saving.last_context = context;
        }
    }
    return saving;
}

Result<Outcome> gqa_quarter_to_eighth() {
    std::size_t grouped = 0;
    std::size_t inside = 0;
    std::vector<Sentence> outside;
    for (const ModelPreset& preset : model_presets()) {
        const Result<ModelSpec> spec = expand_layers(preset.config);
        if (!spec) {
            return spec.error();
        }
        const std::optional<Heads> attention = grouped_query(*spec);
        if (!attention || attention->num_key_value_heads == attention->num_attention_heads) {
            continue;
        }
        ++grouped;
        const double group = static_cast<double>(attention->num_attention_heads) /
                             static_cast<double>(attention->num_key_value_heads);
        if (group >= 4 && group <= 8) {
            ++inside;
        } else {
            outside.push_back(
                claims_says<"named-figure">(preset.name, "1/" + english(fixed(group, 0))));
        }
    }
    const auto preset = shipped("llama-3-8b");
    if (!preset) {
        return preset.error();
    }
    const Result<Saving> saving =
        total_saving((*preset)->config, with_all_heads_cached((*preset)->config));
    if (!saving) {
        return saving.error();
    }
    return Outcome{clauses({claims_says<"groups-inside">(inside, grouped),
                            claims_says<"outside">(items(outside))}),
                   saving->first_context > 0 ? Verdict::HoldsUnderCondition : Verdict::DoesNotHold,
                   clauses({claims_says<"cache-share">(),
                            saving->first_context == 0
                                ? claims_says<"together-nowhere">()
                                : claims_says<"together-between">(saving->first_context,
                                                                  saving->last_context)})};
}

Result<Outcome> gqa_30_50_memory() {
    const auto preset = shipped("llama-3-8b");
    if (!preset) {
        return preset.error();
    }
    const ModelConfig full = with_all_heads_cached((*preset)->config);
    const Result<Saving> saving = total_saving((*preset)->config, full);
    if (!saving) {
        return saving.error();
    }
    std::vector<Sentence> gains;
    bool any_inside = false;
    for (const std::int64_t context : {1024, 8192, 32768, 131072}) {
        const Result<Analysis> a = analyze_at((*preset)->config, context);
        const Result<Analysis> b = analyze_at(full, context);
        if (!a || !b) {
            return a ? b.error() : a.error();
        }
        const double gain =
            b->throughput.time_per_output_token_s / a->throughput.time_per_output_token_s - 1;
        any_inside |= gain >= 0.2 && gain <= 0.4;
        gains.push_back(claims_says<"at-context">(percent(gain, 0), context));
    }
    return Outcome{
        clauses({claims_says<"speed-gained">(items(gains)),
                 saving->first_context == 0
                     ? claims_says<"memory-nowhere">()
                     : claims_says<"memory-between">(saving->first_context, saving->last_context)}),
        saving->first_context > 0 || any_inside ? Verdict::HoldsUnderCondition
                                                : Verdict::DoesNotHold,
        clauses({claims_says<"shares-grow">(), claims_says<"one-context">()})};
}

Result<Outcome> gqa_h_over_g() {
    std::vector<Sentence> figures;
    bool always = true;
    for (const char* name : {"llama-3-8b", "qwen2-7b", "qwen3-235b-a22b"}) {
        const auto preset = shipped(name);
        if (!preset) {
            return preset.error();
        }
        const ModelConfig& config = (*preset)->config;
        const Result<Analysis> grouped = analyze_at(config, 8192);
        const Result<Analysis> full = analyze_at(with_all_heads_cached(config), 8192);
        if (!grouped || !full) {
            return grouped ? full.error() : grouped.error();
        }
        always &= grouped->kv.bytes_per_token * config.num_attention_heads ==
                  full->kv.bytes_per_token * config.num_key_value_heads;
        figures.push_back(claims_says<"kept-of-full">(
            (*preset)->name, grouped->kv.bytes_per_token, full->kv.bytes_per_token,
            std::to_string(config.num_key_value_heads) + "/" +
                std::to_string(config.num_attention_heads)));
    }
    return Outcome{items(figures), always ? Verdict::HoldsUnderCondition : Verdict::DoesNotHold,
                   clauses({claims_says<"exactly-g-over-h">(), claims_says<"h-over-g">()})};
}

Result<Outcome> mla_70_percent() {
    const auto preset = shipped("deepseek-v3");
    if (!preset) {
        return preset.error();
    }
    const ModelConfig& config = (*preset)->config;
    const Result<Analysis> latent = analyze_at(config, 8192);
    if (!latent) {
        return latent.error();
    }
    const auto bytes = static_cast<double>(latent->kv.bytes_per_token);
    const auto layers = static_cast<double>(config.num_hidden_layers);
    const double bf16 = 2;
    const double full =
        layers * static_cast<double>(config.num_attention_heads) * bf16 *
        static_cast<double>(config.qk_nope_head_dim + config.qk_rope_head_dim + config.v_head_dim);
    const double per_kv_head = layers * 2 * static_cast<double>(config.v_head_dim) * bf16;
    std::int64_t closest = 1;
    for (std::int64_t heads = 1; heads <= config.num_attention_heads; ++heads) {
        const auto off = [&](std::int64_t n) {
            return std::abs(1 - bytes / (per_kv_head * static_cast<double>(n)) - 0.7);
        };
        closest = off(heads) < off(closest) ? heads : closest;
    }
    const double against_closest = 1 - bytes / (per_kv_head * static_cast<double>(closest));
    const double against_full = 1 - bytes / full;
    const bool holds_for_some = std::abs(against_closest - 0.7) < 0.03;
    return Outcome{clauses({claims_says<"bytes-per-token">(latent->kv.bytes_per_token),
                            claims_says<"cached-in-full">(fixed(full, 0), fixed(full / bytes, 1),
                                                          percent(against_full))}),
                   std::abs(against_full - 0.7) < 0.03 ? Verdict::Holds
                   : holds_for_some                    ? Verdict::HoldsUnderCondition
                                                       : Verdict::DoesNotHold,
                   clauses({claims_says<"needs-baseline">(closest, config.v_head_dim,
                                                          percent(against_closest)),
                            claims_says<"own-heads">()})};
}

/// Gemma 3 with every layer global.
ModelConfig all_global(ModelConfig config) {
    config.layer_types.assign(static_cast<std::size_t>(config.num_hidden_layers), "full_attention");
    return config;
}

Result<Outcome> swa_80_90_percent() {
    const auto preset = shipped("gemma-3-27b");
    if (!preset) {
        return preset.error();
    }
    const ModelConfig& windowed = (*preset)->config;
    const ModelConfig global = all_global(windowed);
    std::vector<Sentence> savings;
    std::int64_t first_inside = 0;
    double speedup = 0;
    for (const std::int64_t context : octave_grid(1024, long_context, 1)) {
        const Result<Analysis> a = analyze_at(windowed, context);
        const Result<Analysis> b = analyze_at(global, context);
        if (!a || !b) {
            return a ? b.error() : a.error();
        }
        const double saved = 1 - static_cast<double>(a->kv.bytes_at_context) /
                                     static_cast<double>(b->kv.bytes_at_context);
        if (saved >= 0.8 && first_inside == 0) {
            first_inside = context;
        }
        if (context == 1024 || context == 4096 || context == 32768 || context == long_context) {
            savings.push_back(claims_says<"at-context">(percent(saved), context));
        }
        speedup = b->throughput.time_per_output_token_s / a->throughput.time_per_output_token_s;
    }
    const std::int64_t window = windowed.sliding_window.value_or(0);
    return Outcome{claims_says<"less-cache">(items(savings)),
                   first_inside > 0 ? Verdict::HoldsUnderCondition : Verdict::DoesNotHold,
                   clauses({first_inside == 0 ? claims_says<"never-80">(window)
                                              : claims_says<"80-from">(window, first_inside),
                            claims_says<"window-speed">(fixed(speedup, 2))})};
}

Result<Outcome> qwen3_swa_4096() {
    std::vector<Sentence> figures;
    bool any_sliding = false;
    for (const ModelPreset& preset : model_presets()) {
        if (preset.config.model_type != "qwen3_moe") {
            continue;
        }
        const Result<ModelSpec> spec = expand_layers(preset.config);
        if (!spec) {
            return spec.error();
        }
        std::int64_t sliding = 0;
        for (const LayerKind& kind : spec->kinds) {
            const AttentionSpan* span = span_of(kind.spec);
            sliding += span != nullptr && span->kind == SpanKind::Sliding ? kind.count : 0;
        }
        any_sliding |= sliding > 0;
        figures.push_back(claims_says<"use-sliding-window">(
            preset.name, preset.config.use_sliding_window ? "true" : "false"));
        figures.push_back(claims_says<"layers-slide">(sliding, spec->num_layers()));
    }
    return Outcome{items(figures), any_sliding ? Verdict::Holds : Verdict::DoesNotHold,
                   any_sliding ? claims_says<"has-sliding">() : claims_says<"none-slides">()};
}

Result<Outcome> sparse_120_45() {
    const auto preset = shipped("qwen3-30b-a3b-thinking-2507");
    if (!preset) {
        return preset.error();
    }
    const ModelConfig& config = (*preset)->config;
    const std::int64_t context = 262144;
    const Result<Analysis> result = analyze_at(config, context);
    if (!result) {
        return result.error();
    }
    const MemoryReport& memory = result->memory;
    const StepTime& prefill = result->throughput.prefill;
    const double attention = prefill.by_kind[static_cast<std::size_t>(OperatorKind::Attention)];
    const double limit = 30e9;
    const bool weights_fit = static_cast<double>(memory.weights_bytes) <= limit;
    return Outcome{
        clauses({claims_says<"weights-and-cache">(
                     fixed(static_cast<double>(memory.weights_bytes) / 1e9, 1),
                     fixed(static_cast<double>(memory.kv_bytes) / 1e9, 1)),
                 claims_says<"prefill-attention">(percent(attention / prefill.seconds, 0))}),
        weights_fit && config.max_position_embeddings < context ? Verdict::HoldsUnderCondition
                                                                : Verdict::DoesNotHold,
        clauses({weights_fit ? claims_says<"weights-fit">() : claims_says<"weights-exceed">(),
                 claims_says<"dense-length">(config.max_position_embeddings),
                 claims_says<"unnamed-hardware">()})};
}

Result<Outcome> dca_nlogn() {
    const std::int64_t n = 131072;
    const double ratio = static_cast<double>(attended_pairs({}, 2 * n, 0)) /
                         static_cast<double>(attended_pairs({}, n, 0));
    const auto nlogn = [](double x) { return x * std::log2(x); };
    const double expected = nlogn(2.0 * static_cast<double>(n)) / nlogn(static_cast<double>(n));
    return Outcome{clauses({claims_says<"pairs-of-twice">(fixed(ratio, 2)),
                            claims_says<"n-log-n">(fixed(expected, 2))}),
                   ratio < 2.5 ? Verdict::Holds : Verdict::DoesNotHold,
                   clauses({claims_says<"stays-quadratic">(), claims_says<"sparse-on-top">()})};
}

constexpr std::array attention_claims{
    Evaluator{"head-dim-64-128", head_dim_64_128},
    Evaluator{"gqa-quarter-to-eighth", gqa_quarter_to_eighth},
    Evaluator{"gqa-30-50-memory", gqa_30_50_memory},
    Evaluator{"gqa-h-over-g", gqa_h_over_g},
    Evaluator{"mla-70-percent", mla_70_percent},
    Evaluator{"swa-80-90-percent", swa_80_90_percent},
    Evaluator{"qwen3-swa-4096", qwen3_swa_4096},
    Evaluator{"sparse-120-45", sparse_120_45},
    Evaluator{"dca-nlogn", dca_nlogn},
};

} // namespace

std::span<const Evaluator> attention_evaluators() {
    return attention_claims;
}

} // namespace headroom::check
