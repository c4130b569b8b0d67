// SPDX-License-Identifier: GPL-3.0-or-later
// Every shipped design against the exact totals that transformers reports for it.
#include "core/accounting/kv_cache.h"
#include "core/accounting/parameters.h"
#include "core/config/expand.h"
#include "core/presets/embedded_presets.h"
#include "core/presets/presets.h"
#include "golden.h"

#include <QTest>

using namespace headroom;

class TestPresets : public QObject {
    Q_OBJECT

private slots:
    void everyFileIsRead();
    void totals_data();
    void totals();
    void kvBytesPerToken_data();
    void kvBytesPerToken();
    void slidingWindowsBoundTheCache();
    void devices();
};

void TestPresets::everyFileIsRead() {
    for (const EmbeddedFile& file : embedded_presets()) {
        if (file.path.starts_with("models/")) {
            const auto preset = parse_preset(file.text, file.path);
            QVERIFY2(preset, preset ? "" : preset.error().text().c_str());
            QVERIFY2(!preset->source.empty(), std::string(file.path).c_str());
            QVERIFY2(!preset->family.empty(), std::string(file.path).c_str());
        } else if (file.path.starts_with("hardware/")) {
            const auto device = parse_device(file.text, file.path);
            QVERIFY2(device, device ? "" : device.error().text().c_str());
        }
    }
    QVERIFY(model_presets().size() >= 42);
    QVERIFY(find_model_preset("QWEN3-8b") != nullptr);
    QVERIFY(find_model_preset("no such model") == nullptr);
}

void TestPresets::totals_data() {
    QTest::addColumn<QString>("name");
    const auto counts = golden::json(golden::folder() / "parameter_counts.json");
    for (const auto& [name, entry] : counts["models"].items()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void TestPresets::totals() {
    QFETCH(QString, name);
    const auto entry =
        golden::json(golden::folder() / "parameter_counts.json")["models"][name.toStdString()];
    const ModelPreset* preset = find_model_preset(name.toStdString());
    QVERIFY2(preset != nullptr, qPrintable(name));
    const auto spec = expand_layers(preset->config);
    QVERIFY2(spec, spec ? "" : spec.error().text().c_str());
    const auto report = count_parameters(*spec);
    QVERIFY(report);
    const std::int64_t independent = entry["independent_count_total"].get<std::int64_t>();
    if (entry["total"].is_null()) { // not instantiated: the hand count includes the buffers
        QCOMPARE(report->total + report->buffers, independent);
    } else {
        QCOMPARE(report->total, entry["total"].get<std::int64_t>());
        QCOMPARE(report->buffers, entry["router_correction_bias_buffers"].get<std::int64_t>());
    }
    // A second hand count knows the active part; it counts buffers, and Gemma 3n's unused k/v.
    if (spec->model_type != "gemma3n_text" && spec->model_type != "bert") {
        QCOMPARE(report->active_with_input_embedding + report->buffers,
                 entry["independent_count_active_including_input_embedding"].get<std::int64_t>());
    }
    if (entry.contains("groups") && spec->model_type != "bert") { // BERT is grouped by other names
        using G = ParameterGroup;
        const std::map<std::string, G> groups = {
            {"embedding", G::Embedding}, {"attention", G::Attention},
            {"norm", G::Norm},           {"mlp", G::FeedForward},
            {"experts", G::Experts},     {"router", G::Router},
            {"other", G::Other},         {"shared_experts", G::SharedExperts},
            {"lm_head", G::LmHead},      {"per_layer_embedding", G::PerLayerEmbedding}};
        std::int64_t sum = 0;
        for (const auto& [group, count] : entry["groups"].items()) {
            QVERIFY2(groups.contains(group), group.c_str());
            const std::int64_t ours = report->group(groups.at(group));
            QVERIFY2(ours == count.get<std::int64_t>(),
                     (group + ": " + std::to_string(ours) + " instead of " + count.dump()).c_str());
            sum += ours;
        }
        QCOMPARE(sum, report->total);
    }
}

void TestPresets::kvBytesPerToken_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("GQA 8 x 128, 32 layers") << "llama-3-8b" << qint64{131072};
    QTest::newRow("GQA 8 x 128, 36 layers") << "qwen3-8b" << qint64{147456};
    QTest::newRow("head_dim is not H/heads") << "qwen3-0.6b" << qint64{114688};
    QTest::newRow("94 layers of 4 heads") << "qwen3-235b-a22b" << qint64{192512};
    QTest::newRow("latent") << "deepseek-v3" << qint64{70272};
}

void TestPresets::kvBytesPerToken() {
    QFETCH(QString, name);
    QFETCH(qint64, bytes);
    const auto spec = expand_layers(find_model_preset(name.toStdString())->config);
    QCOMPARE(qint64{kv_cache(*spec, {}, NumberFormat::Bf16).bytes_per_token}, bytes);
}

// Gemma 3 27B at 131,072 tokens: 62.0 GiB if all layers were global, 10.4 GiB with 5:1 and W=1024.
void TestPresets::slidingWindowsBoundTheCache() {
    ModelConfig config = find_model_preset("gemma-3-27b")->config;
    const double gib = 1024.0 * 1024.0 * 1024.0;
    const auto at = [&] {
        return static_cast<double>(
                   kv_bytes_at(*expand_layers(config), 131072, NumberFormat::Bf16)) /
               gib;
    };
    QVERIFY(std::abs(at() - 10.4) < 0.05);
    config.sliding_window_pattern = 1;
    QVERIFY(std::abs(at() - 62.0) < 0.05);
}

void TestPresets::devices() {
    QVERIFY(device_presets().size() >= 10);
    for (const DeviceProfile& device : device_presets()) {
        QVERIFY(device.memory_bytes > 0);
        QVERIFY(device.peak(NumberFormat::Bf16) > 0);
        const auto again = parse_device(write_device(device), device.id);
        QVERIFY2(again, again ? "" : again.error().text().c_str());
        QCOMPARE(again->name, device.name);
        QVERIFY(again->constants == device.constants);
    }
}

QTEST_APPLESS_MAIN(TestPresets)
#include "tst_presets.moc"
