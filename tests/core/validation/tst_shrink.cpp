// SPDX-License-Identifier: GPL-3.0-or-later
// Shrinking keeps a design's structure, for every preset and every reference model.
#include "core/accounting/parameters.h"
#include "core/base/overloaded.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/config/families.h"
#include "core/config/layer_queries.h"
#include "core/engine/engine.h"
#include "core/presets/presets.h"
#include "core/validation/layer_selection.h"
#include "core/validation/shrink.h"
#include "tests/core/designs.h"
#include "tests/core/golden.h"

#include <QTest>

#include <cmath>
#include <map>
#include <set>

using namespace headroom;

namespace {

constexpr std::int64_t tiny_context = 512;

struct Named {
    std::string name;
    ModelConfig config;
};

const std::vector<Named>& designs() {
    static const std::vector<Named> list = [] {
        std::vector<Named> all;
        for (const std::string& name : design_list::names()) {
            all.push_back({name, design_list::config_of(name)});
        }
        for (const std::string& name : golden::names()) {
            const auto config = read_config(golden::folder() / name);
            if (!config) {
                qFatal("%s", config.error().text().c_str());
            }
            all.push_back({"golden-" + name, *config});
        }
        return all;
    }();
    return list;
}

std::string text(const auto& result) {
    return result ? std::string() : result.error().text();
}

std::int64_t parameters(const ModelConfig& config) {
    return count_parameters(*expand_layers(config))->total;
}

/// What a layer is apart from its sizes.
std::string kind_text(const LayerSpec& layer) {
    std::string out;
    const auto flag = [&](const char* name, bool value) { out += value ? name : "."; };
    const auto span = [&](const AttentionSpan& s) {
        out += s.kind == SpanKind::Full      ? "full "
               : s.kind == SpanKind::Sliding ? "slides "
                                             : "chunks ";
    };
    const auto rotary = [&](const RotarySpec& r) {
        out += "rope" + std::to_string(static_cast<int>(r.type)) + (r.interleaved ? "i" : "h") +
               std::to_string(r.factor) + "/" + std::to_string(r.theta) + " ";
    };
    for (const SubLayer& sub : layer.sub_layers) {
        std::visit(Overloaded{
                       [&](const GroupedQueryAttention& a) {
                           span(a.span);
                           if (a.rotary) {
                               rotary(*a.rotary);
                           }
                           out += a.num_key_value_heads == a.num_attention_heads ? "mha"
                                  : a.num_key_value_heads == 1                   ? "mqa"
                                                                                 : "gqa";
                           out += "qk" + std::to_string(static_cast<int>(a.qk_norm));
                           flag("v", a.v_norm);
                           flag("b", a.qkv_bias);
                           flag("o", a.o_bias);
                           flag("s", a.sinks);
                           flag("k", a.shares_kv);
                           flag("c", a.logit_softcapping.has_value());
                           flag("t", a.temperature.has_value());
                       },
                       [&](const LatentAttention& a) {
                           span(a.span);
                           rotary(a.rotary);
                           flag("q", a.q_lora_rank.has_value());
                           flag("b", a.attention_bias);
                       },
                       [&](const DenseFeedForward& f) {
                           out += " dense" + std::to_string(static_cast<int>(f.activation)) +
                                  std::to_string(f.activation_sparsity);
                           flag("g", f.gated);
                           flag("b", f.bias);
                       },
                       [&](const MixtureOfExperts& f) {
                           const Routing& r = f.routing;
                           out += " experts" + std::to_string(static_cast<int>(f.layout)) +
                                  std::to_string(static_cast<int>(r.scoring)) +
                                  std::to_string(static_cast<int>(r.selection)) + "g" +
                                  std::to_string(r.n_group) + "/" + std::to_string(r.topk_group) +
                                  std::to_string(r.routed_scaling_factor);
                           flag("n", r.norm_topk_prob);
                           flag("c", r.correction_bias);
                           flag("i", r.scales_input);
                           flag("a", r.softmax_after_topk);
                           flag("s", f.shared_intermediate_size > 0);
                           flag("l", f.swiglu_limit.has_value());
                           flag("1", f.num_experts_per_tok == 1);
                       },
                   },
                   sub.kind);
        out += " norm" + std::to_string(static_cast<int>(sub.norms.norm.kind));
        flag("i", sub.norms.input);
        flag("o", sub.norms.output);
    }
    if (const AltUpSpec* altup = altup_of(layer.residual)) {
        out += " altup" + std::to_string(altup->num_inputs);
    }
    return out;
}

void all_designs() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < designs().size(); ++i) {
        QTest::newRow(designs()[i].name.c_str()) << static_cast<int>(i);
    }
}

const ModelConfig& fetched() {
    QFETCH(int, index);
    return designs()[static_cast<std::size_t>(index)].config;
}

} // namespace

class TestShrink : public QObject {
    Q_OBJECT

private slots:
    void runs_of_layers();
    void keeps_the_pattern_data() { all_designs(); }
    void keeps_the_pattern();
    void keeps_the_ratios_data() { all_designs(); }
    void keeps_the_ratios();
    void runs_data() { all_designs(); }
    void runs();
    void dial();
    void no_step_is_the_design_itself();
    void names_what_was_rounded();
    void refuses_what_does_not_expand();
};

void TestShrink::runs_of_layers() {
    using Kinds = std::vector<std::uint16_t>;
    using Runs = std::vector<LayerRun>;
    QCOMPARE(layer_runs(Kinds{0, 0, 0, 0}), (Runs{{0, 4, 1}}));
    QCOMPARE(layer_runs(Kinds{0, 0, 0, 1, 1, 1, 1}), (Runs{{0, 3, 1}, {3, 4, 1}}));
    // Gemma 3: five sliding and one full, the last unit cut short.
    Kinds gemma;
    for (std::uint16_t i = 0; i < 26; ++i) {
        gemma.push_back(i % 6 == 5 ? 1 : 0);
    }
    QCOMPARE(layer_runs(gemma), (Runs{{0, 26, 6}}));
    QCOMPARE(select_layers(layer_runs(gemma), 0.01), (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5}));
    QCOMPARE(select_layers(layer_runs(gemma), 1.0).size(), std::size_t{26});
    QCOMPARE(select_layers(layer_runs(gemma), 0.5).size(), std::size_t{12});
    // One dense layer before experts: it stays, and so does at least one of the others.
    Kinds first_dense(20, 1);
    first_dense[0] = 0;
    QCOMPARE(select_layers(layer_runs(first_dense), 0.0), (std::vector<std::int64_t>{0, 1}));
    QCOMPARE(select_layers(layer_runs(Kinds(30, 0)), 0.0), (std::vector<std::int64_t>{0, 1}));
    QVERIFY(select_layers(layer_runs(Kinds{}), 1.0).empty());
}

void TestShrink::keeps_the_pattern() {
    const ModelConfig& config = fetched();
    const ModelSpec original = *expand_layers(config);
    for (const int steps : {8, 24, 48, 160}) {
        const auto design = shrink_by_steps(config, tiny_context, steps);
        QVERIFY2(design, text(design).c_str());
        const auto spec = expand_layers(design->config);
        QVERIFY2(spec, text(spec).c_str());
        QCOMPARE(static_cast<std::int64_t>(design->source_layers.size()), spec->num_layers());
        std::set<std::string> before;
        std::set<std::string> after;
        for (const LayerKind& kind : original.kinds) {
            before.insert(kind_text(kind.spec));
        }
        for (std::int64_t i = 0; i < spec->num_layers(); ++i) {
            const std::int64_t source = design->source_layers[static_cast<std::size_t>(i)];
            const std::string expected = kind_text(original.layer(source));
            QCOMPARE(kind_text(spec->layer(i)), expected);
            after.insert(expected);
            if (i > 0) {
                QVERIFY(source > design->source_layers[static_cast<std::size_t>(i) - 1]);
            }
        }
        QVERIFY(before == after);
        QCOMPARE(spec->kinds.size(), original.kinds.size());
        QCOMPARE(spec->tie_word_embeddings, original.tie_word_embeddings);
        QCOMPARE(spec->learned_positions > 0, original.learned_positions > 0);
        QCOMPARE(spec->embedding_scale == 1.0, original.embedding_scale == 1.0);
        // What config.json would hold says the same.
        const auto again = parse_config(write_config(design->config));
        QVERIFY2(again, text(again).c_str());
        const auto read = expand_layers(*again);
        QVERIFY2(read, text(read).c_str());
        QCOMPARE(read->kind_of_layer, spec->kind_of_layer);
        for (std::size_t k = 0; k < spec->kinds.size(); ++k) {
            QVERIFY(read->kinds[k].spec == spec->kinds[k].spec);
        }
    }
}

void TestShrink::keeps_the_ratios() {
    const ModelConfig& config = fetched();
    const auto design = shrink_by_steps(config, tiny_context, 160);
    QVERIFY2(design, text(design).c_str());
    std::map<std::string_view, ShrunkRatio> ratios;
    for (const ShrunkRatio& ratio : design->ratios) {
        ratios[ratio.id] = ratio;
        for (const double side :
             {ratio.original[0], ratio.original[1], ratio.tiny[0], ratio.tiny[1]}) {
            QVERIFY2(side >= 1, std::string(ratio.id).c_str());
        }
    }
    // Whatever is rounded, these are exact.
    for (const char* id : {"heads", "experts", "groups"}) {
        if (ratios.contains(id)) {
            const ShrunkRatio& r = ratios[id];
            QVERIFY2(r.original[0] * r.tiny[1] == r.tiny[0] * r.original[1], id);
        }
    }
    for (const char* id : {"rope_part", "local_layers"}) {
        if (ratios.contains(id)) {
            const ShrunkRatio& r = ratios[id];
            QVERIFY2(std::abs(r.tiny[0] / r.tiny[1] / (r.original[0] / r.original[1]) - 1) < 0.25,
                     id);
        }
    }
    // A width is off by no more than half a step of eight.
    for (const ShrunkField& field : design->fields) {
        QVERIFY2(field.tiny < field.original, std::string(field.name).c_str());
        if (std::string_view(field.name).ends_with("_size") && field.name != "vocab_size") {
            QVERIFY2(std::abs(field.tiny - field.exact) <= 4.0 || field.tiny <= 8.0,
                     std::string(field.name).c_str());
        }
    }
}

void TestShrink::runs() {
    const ModelConfig& config = fetched();
    const auto design = shrink_by_steps(config, tiny_context, 160);
    QVERIFY2(design, text(design).c_str());
    EngineOptions options;
    options.context = 48;
    options.threads = 1;
    Result<Engine> engine = Engine::random(design->config, 1, options);
    if (config.model_type == "bert") {
        QVERIFY(!engine);
        QCOMPARE(engine.error().path, std::string("model_type"));
        QVERIFY(english(engine.error().message).find("bert") != std::string::npos);
        return;
    }
    QVERIFY2(engine, text(engine).c_str());
    std::vector<std::int32_t> tokens;
    for (int i = 0; i < 40; ++i) {
        tokens.push_back(static_cast<std::int32_t>((i * 7919 + 13) % design->config.vocab_size));
    }
    const auto logits = engine->prefill(tokens);
    QVERIFY2(logits, text(logits).c_str());
    QVERIFY(std::isfinite((*logits)[0]));
    QVERIFY(engine->decode(3));
    QCOMPARE(engine->parameters(), parameters(design->config));
}

void TestShrink::dial() {
    for (const char* name : {"qwen3-8b", "deepseek-v3", "gemma-3n-e4b", "gpt-oss-120b"}) {
        const ModelConfig& config = find_model_preset(name)->config;
        std::int64_t last = 0;
        for (const std::int64_t limit : {4'000'000, 16'000'000, 64'000'000, 512'000'000}) {
            const auto design = shrink(config, tiny_context, [&](const ModelConfig& candidate) {
                return parameters(candidate) <= limit;
            });
            QVERIFY2(design, text(design).c_str());
            const std::int64_t count = parameters(design->config);
            QVERIFY2(count <= limit, name);
            QVERIFY2(count > limit / 8, name); // the dial is fine enough to use what it is given
            QVERIFY(count >= last);
            last = count;
        }
    }
    // Nothing fits: the smallest there is.
    const ModelConfig& config = find_model_preset("qwen3-8b")->config;
    const auto none = shrink(config, tiny_context, [](const ModelConfig&) { return false; });
    QVERIFY(none);
    QCOMPARE(none->config.num_hidden_layers, std::int64_t{2});
    QVERIFY(parameters(none->config) < 1'000'000);
}

void TestShrink::no_step_is_the_design_itself() {
    for (const Named& design : designs()) {
        const auto same = shrink_by_steps(design.config, std::int64_t{1} << 40, 0);
        QVERIFY2(same, text(same).c_str());
        QVERIFY2(same->config == design.config, design.name.c_str());
        QVERIFY(same->fields.empty());
        QCOMPARE(same->scale, 1.0);
        for (const ShrunkRatio& ratio : same->ratios) {
            QVERIFY(ratio.is_kept());
        }
    }
}

void TestShrink::names_what_was_rounded() {
    const auto design =
        shrink_by_steps(find_model_preset("deepseek-v3")->config, tiny_context, 160);
    QVERIFY(design);
    std::map<std::string_view, ShrunkField> fields;
    for (const ShrunkField& field : design->fields) {
        fields[field.name] = field;
    }
    // 8 of 256 experts beside 1 shared one: 2 of 64 would need a quarter of a shared one.
    QCOMPARE(design->config.num_experts, std::int64_t{64});
    QCOMPARE(design->config.num_experts_per_tok, std::int64_t{2});
    QCOMPARE(design->config.n_shared_experts, std::int64_t{1});
    QVERIFY(!fields.contains("n_shared_experts")); // it did not change
    bool found = false;
    for (const ShrunkRatio& ratio : design->ratios) {
        if (ratio.id == "shared_experts") {
            found = true;
            QVERIFY(!ratio.is_kept());
        }
    }
    QVERIFY(found);
    // gpt-oss: a window of 128 in 131,072 tokens would be half a token of 512.
    const auto oss = shrink_by_steps(find_model_preset("gpt-oss-120b")->config, tiny_context, 160);
    QVERIFY(oss);
    QCOMPARE(oss->config.sliding_window, std::optional<std::int64_t>(8));
    for (const ShrunkField& field : oss->fields) {
        if (field.name == "sliding_window") {
            QVERIFY(field.is_rounded());
            QCOMPARE(field.exact, 0.5);
        }
    }
}

void TestShrink::refuses_what_does_not_expand() {
    ModelConfig config = find_model_preset("qwen3-8b")->config;
    config.num_key_value_heads = 5;
    const auto design = shrink_by_steps(config, tiny_context, 8);
    QVERIFY(!design);
    QCOMPARE(design.error().path, std::string("num_key_value_heads"));
}

QTEST_APPLESS_MAIN(TestShrink)
#include "tst_shrink.moc"
