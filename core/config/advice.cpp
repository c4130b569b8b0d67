// SPDX-License-Identifier: GPL-3.0-or-later
// Warnings and advice: what can exist but departs from the family or from common practice.
#include "core/config/config_sentences.h"
#include "core/config/families.h"
#include "core/config/layer_patterns.h"
#include "core/config/validate.h"

namespace headroom {
namespace {

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
    void add(Severity severity, const char* field, Sentence message, std::string fix_value = {}) {
        std::string id(message.id());
        out.push_back({severity, std::move(id), field, std::move(message),
                       fix_value.empty() ? std::string{} : std::string(field), fix_value});
    }

    void heads() {
        if (family.may_have(AttentionKind::Grouped) && (c.head_dim < 64 || c.head_dim > 128) &&
            !family.scales_embedding) {
            add(Severity::Advice, "head_dim", config_says<"head-dim-range">(c.head_dim),
                c.head_dim < 64 ? "64" : "128");
        }
        if (family.may_have(AttentionKind::Latent) || c.num_key_value_heads == 0) {
            return;
        }
        const std::int64_t group = c.num_attention_heads / c.num_key_value_heads;
        if (group > 8) {
            const std::int64_t better = c.num_attention_heads / 8;
            add(Severity::Advice, "num_key_value_heads", config_says<"gqa-group">(group),
                c.num_attention_heads % 8 == 0 ? std::to_string(better) : std::string{});
        }
    }

    void widths() {
        if (c.hidden_size % 128 != 0) {
            add(Severity::Advice, "hidden_size", config_says<"hidden-multiple">(128),
                std::to_string(next_multiple(c.hidden_size, 128)));
        }
        if (c.vocab_size % 64 != 0) {
            add(Severity::Advice, "vocab_size", config_says<"vocab-multiple">(64),
                std::to_string(next_multiple(c.vocab_size, 64)));
        }
        const bool dense_matters = family.moe == MoeRule::None;
        const double factor =
            static_cast<double>(c.intermediate_size) / static_cast<double>(c.hidden_size);
        if (dense_matters && (factor < 2.6 || factor > 5.5) && !family.has_altup) {
            add(Severity::Advice, "intermediate_size",
                config_says<"ffn-ratio">(significant(factor, 3)),
                std::to_string(next_multiple(c.hidden_size * (factor < 2.6 ? 27 : 54) / 10, 128)));
        }
    }

    void windows() {
        if (c.sliding_window && *c.sliding_window >= c.max_position_embeddings) {
            add(Severity::Advice, "sliding_window", config_says<"window-idle">());
        }
        if (!c.sliding_window || c.sliding_window_pattern <= 0) {
            return;
        }
        if (family.span == SpanRule::Pattern && c.layer_types.empty() &&
            c.sliding_window_pattern > c.num_hidden_layers) {
            add(Severity::Warning, "sliding_window_pattern", config_says<"no-global-layer">(),
                std::to_string(c.num_hidden_layers));
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
            add(Severity::Warning, "first_k_dense_replace", config_says<"no-expert-layer">());
        }
        if (family.moe == MoeRule::FirstDense && c.moe_layer_freq != 1) {
            add(Severity::Warning, "moe_layer_freq",
                config_says<"moe-layer-freq">(c.moe_layer_freq), "1");
        }
        if (c.num_experts_per_tok == c.num_experts) {
            add(Severity::Advice, "num_experts_per_tok", config_says<"all-experts">(),
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
