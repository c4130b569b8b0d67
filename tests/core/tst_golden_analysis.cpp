// SPDX-License-Identifier: GPL-3.0-or-later
// The golden models: tensors by name and shape, parameters, FLOPs and cache shapes of the
// reference.
#include "core/accounting/kv_cache.h"
#include "core/accounting/operators.h"
#include "core/accounting/tensor_table.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "golden.h"

#include <QTest>

#include <map>
#include <set>

using namespace headroom;

namespace {

ModelSpec spec_of(const std::string& name, const char* file = "config.json") {
    const auto config = read_config(golden::folder() / name / file);
    if (!config) {
        qFatal("%s", config.error().text().c_str());
    }
    auto spec = expand_layers(*config);
    if (!spec) {
        qFatal("%s: %s", name.c_str(), spec.error().text().c_str());
    }
    return *spec;
}

void add_models() {
    QTest::addColumn<QString>("name");
    for (const std::string& name : golden::names()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

} // namespace

class TestGoldenAnalysis : public QObject {
    Q_OBJECT

private slots:
    void tensors_data() { add_models(); }
    void tensors();
    void parameters_data() { add_models(); }
    void parameters();
    void flops_data() { add_models(); }
    void flops();
    void cacheShapes_data() { add_models(); }
    void cacheShapes();
    void bothForms_data() { add_models(); }
    void bothForms();
    void encoderFlops();
};

void TestGoldenAnalysis::tensors() {
    QFETCH(QString, name);
    std::map<std::string, std::vector<std::int64_t>> found;
    const auto header =
        golden::safetensors_header(golden::folder() / name.toStdString() / "model.safetensors");
    for (const auto& [tensor, entry] : header.items()) {
        if (tensor != "__metadata__") {
            found[tensor] = entry["shape"].get<std::vector<std::int64_t>>();
        }
    }
    std::map<std::string, std::vector<std::int64_t>> ours;
    for (const NamedTensor& tensor : list_tensors(spec_of(name.toStdString()))) {
        QVERIFY2(ours.emplace(tensor.name, tensor.shape).second, tensor.name.c_str());
    }
    for (const auto& [tensor, shape] : found) {
        QVERIFY2(ours.contains(tensor), ("not in our table: " + tensor).c_str());
        QVERIFY2(ours[tensor] == shape, ("shape differs: " + tensor).c_str());
    }
    for (const auto& [tensor, shape] : ours) {
        QVERIFY2(found.contains(tensor), ("not in the file: " + tensor).c_str());
    }
}

void TestGoldenAnalysis::parameters() {
    QFETCH(QString, name);
    const auto expected = golden::json(golden::folder() / name.toStdString() / "golden.json");
    const auto report = count_parameters(spec_of(name.toStdString()));
    QVERIFY(report);
    QCOMPARE(report->total, expected["parameters"].get<std::int64_t>());
}

void TestGoldenAnalysis::flops() {
    QFETCH(QString, name);
    const auto expected = golden::json(golden::folder() / name.toStdString() / "golden.json");
    const ModelSpec spec = spec_of(name.toStdString());
    Step step;
    step.phase = Phase::Prefill;
    step.tokens = static_cast<std::int64_t>(expected["input_ids"][0].size());
    step.pairs = PairCounting::Dense;
    step.head_for_last_only = false;
    step.all_experts = spec.model_type == "llama4_text";
    QCOMPARE(step_flops(spec, step) + rotary_product_flops(spec, step.tokens),
             expected["prefill_flops_row_0"].get<std::int64_t>());
}

// The reference keeps W - 1 tokens of a window after a prefill: the next query is the W-th that it
// sees. A design counts W.
void TestGoldenAnalysis::cacheShapes() {
    QFETCH(QString, name);
    const auto expected = golden::json(golden::folder() / name.toStdString() / "golden.json");
    const ModelSpec spec = spec_of(name.toStdString());
    const auto tokens = static_cast<std::int64_t>(expected["input_ids"][0].size());
    std::size_t index = 0;
    for (const KvLayer& row : kv_layers(spec, tokens, NumberFormat::Fp32)) {
        if (row.shares_kv) {
            QCOMPARE(row.bytes, std::int64_t{0});
            continue;
        }
        const auto& layer = expected["cache_after_prefill_row_0"][index++];
        std::int64_t numbers = 0;
        for (const char* part : {"k", "v"}) {
            const auto shape = layer[part].get<std::vector<std::int64_t>>();
            QCOMPARE(shape[2] + (row.kept.front().bound == KeptBound::Grows ? 0 : 1),
                     row.stored_tokens);
            numbers += shape[1] * shape[3];
        }
        QCOMPARE(row.bytes_per_token, numbers * 4);
        QCOMPARE(row.bytes, numbers * 4 * row.stored_tokens);
    }
    QCOMPARE(index, expected["cache_after_prefill_row_0"].size());
}

void TestGoldenAnalysis::bothForms() {
    QFETCH(QString, name);
    const ModelSpec classic = spec_of(name.toStdString());
    const ModelSpec v5 = spec_of(name.toStdString(), "config.transformers-v5.json");
    QCOMPARE(classic.kind_of_layer, v5.kind_of_layer);
    QCOMPARE(classic.kv_source, v5.kv_source);
    for (std::size_t i = 0; i < classic.kinds.size(); ++i) {
        QVERIFY(classic.kinds[i].spec == v5.kinds[i].spec);
    }
    QCOMPARE(classic.vocab_size, v5.vocab_size);
    QCOMPARE(classic.tie_word_embeddings, v5.tie_word_embeddings);
    QCOMPARE(classic.final_logit_softcapping, v5.final_logit_softcapping);
    QCOMPARE(classic.final_norm.eps, v5.final_norm.eps);
}

void TestGoldenAnalysis::encoderFlops() {
    const auto counts = golden::json(golden::folder() / "parameter_counts.json");
    for (const auto& [name, entry] : counts["models"].items()) {
        if (!entry.contains("prefill_flops_128")) {
            continue;
        }
        const auto config = read_config(std::filesystem::path(HEADROOM_SOURCE_DIR) / "presets" /
                                        "models" / "bert-base.json");
        QVERIFY(config);
        Step step;
        step.phase = Phase::Prefill;
        step.tokens = 128;
        step.head_for_last_only = false;
        QCOMPARE(step_flops(*expand_layers(*config), step),
                 entry["prefill_flops_128"].get<std::int64_t>());
    }
}

QTEST_APPLESS_MAIN(TestGoldenAnalysis)
#include "tst_golden_analysis.moc"
