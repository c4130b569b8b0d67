// SPDX-License-Identifier: GPL-3.0-or-later
// Warnings and advice: what can exist but departs from the family or from common practice.
#include "core/config/families.h"
#include "core/config/layer_patterns.h"
#include "core/config/validate.h"

#include <array>
#include <cstdio>

namespace headroom {
namespace {

std::string ratio(double value) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.3g", value);
    return buffer.data();
}

std::int64_t next_multiple(std::int64_t value, std::int64_t step) {
    return (value + step - 1) / step * step;
}

class Advisor {
public:
    Advisor(const ModelConfig& config, std::vector<Finding>& findings)
        : c(config)
        , family(*find_family(config.model_type))
        , out(findings) {}

    void run() {
        heads();
        widths();
        windows();
        experts();
    }

private:
    void add(Severity severity, const char* id, const char* field, std::string message,
             std::vector<std::string> arguments, std::string fix_value = {}) {
        out.push_back({severity, id, field, std::move(message), std::move(arguments),
                       fix_value.empty() ? std::string{} : std::string(field), fix_value});
    }

    void heads() {
        if (family.may_have(AttentionKind::Grouped) && (c.head_dim < 64 || c.head_dim > 128) &&
            !family.scales_embedding) {
            add(Severity::Advice, "head-dim-range", "head_dim",
                "A head of " + std::to_string(c.head_dim) +
                    " dimensions; common practice is 64 to 128.",
                {std::to_string(c.head_dim)}, c.head_dim < 64 ? "64" : "128");
        }
        if (family.may_have(AttentionKind::Latent) || c.num_key_value_heads == 0) {
            return;
        }
        const std::int64_t group = c.num_attention_heads / c.num_key_value_heads;
        if (group > 8) {
            const std::int64_t better = c.num_attention_heads / 8;
            add(Severity::Advice, "gqa-group", "num_key_value_heads",
                std::to_string(group) +
                    " query heads share each KV head; common practice is 4 to 8.",
                {std::to_string(group)},
                c.num_attention_heads % 8 == 0 ? std::to_string(better) : std::string{});
        }
    }

    void widths() {
        if (c.hidden_size % 128 != 0) {
            add(Severity::Advice, "hidden-multiple", "hidden_size",
                "Not a multiple of 128: matrix units waste part of their tiles.", {"128"},
                std::to_string(next_multiple(c.hidden_size, 128)));
        }
        if (c.vocab_size % 64 != 0) {
            add(Severity::Advice, "vocab-multiple", "vocab_size",
                "Not a multiple of 64; padding it costs little and speeds up the output product.",
                {"64"}, std::to_string(next_multiple(c.vocab_size, 64)));
        }
        const bool dense_matters = family.moe == MoeRule::None;
        const double factor =
            static_cast<double>(c.intermediate_size) / static_cast<double>(c.hidden_size);
        if (dense_matters && (factor < 2.6 || factor > 5.5) && !family.has_altup) {
            add(Severity::Advice, "ffn-ratio", "intermediate_size",
                "The feed-forward is " + ratio(factor) +
                    " times as wide as the model; common practice is 2.7 to 5.4.",
                {ratio(factor)},
                std::to_string(next_multiple(c.hidden_size * (factor < 2.6 ? 27 : 54) / 10, 128)));
        }
    }

    void windows() {
        if (c.sliding_window && *c.sliding_window >= c.max_position_embeddings) {
            add(Severity::Advice, "window-idle", "sliding_window",
                "The window is as long as the longest context: it saves nothing.", {});
        }
        if (!c.sliding_window || c.sliding_window_pattern <= 0) {
            return;
        }
        if (family.span == SpanRule::Pattern && c.layer_types.empty() &&
            c.sliding_window_pattern > c.num_hidden_layers) {
            add(Severity::Warning, "no-global-layer", "sliding_window_pattern",
                "No layer sees the whole context.", {}, std::to_string(c.num_hidden_layers));
        }
    }

    void experts() {
        if (family.moe == MoeRule::None) {
            return;
        }
        bool any = false;
        for (std::int64_t i = 0; i < c.num_hidden_layers && !any; ++i) {
            any = layer_has_experts(c, family, i);
        }
        if (!any) {
            add(Severity::Warning, "no-expert-layer", "first_k_dense_replace",
                "No layer has experts.", {});
        }
        if (family.moe == MoeRule::FirstDense && c.moe_layer_freq != 1) {
            add(Severity::Warning, "moe-layer-freq", "moe_layer_freq",
                "Two readings differ: the model's own code gives experts to every " +
                    std::to_string(c.moe_layer_freq) +
                    "th layer, which is what is counted here; transformers ignores the field and "
                    "gives them to every layer from first_k_dense_replace on.",
                {std::to_string(c.moe_layer_freq)}, "1");
        }
        if (c.num_experts_per_tok == c.num_experts) {
            add(Severity::Advice, "all-experts", "num_experts_per_tok",
                "Every token uses every expert: the mixture saves no work.", {},
                std::to_string(std::max<std::int64_t>(1, c.num_experts / 8)));
        }
    }

    const ModelConfig& c;
    const Family& family;
    std::vector<Finding>& out;
};

} // namespace

std::vector<Finding> validate(const ModelConfig& config) {
    std::vector<Finding> findings;
    for_each_error(config, [&](Finding f) {
        findings.push_back(std::move(f));
        return true;
    });
    if (findings.empty()) {
        Advisor(config, findings).run();
    }
    return findings;
}

} // namespace headroom
