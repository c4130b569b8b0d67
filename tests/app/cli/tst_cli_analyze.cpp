// SPDX-License-Identifier: GPL-3.0-or-later
// `presets`, `analyze`, `tensors` and `explain`: the keys scripts rely on, and exact figures.
#include "cli_process.h"

#include <QDir>
#include <QTest>

#include <set>
#include <string>

using nlohmann::json;

namespace {

QString text(const json& value) {
    return QString::fromStdString(value.get<std::string>());
}

/// Every key of the contract, as JSON pointers; integers are marked.
struct Key {
    const char* pointer;
    bool integer;
};

const Key contract[] = {
    {"/parameters/total", true},
    {"/parameters/active", true},
    {"/parameters/active_with_input_embedding", true},
    {"/parameters/buffers", true},
    {"/parameters/multi_token_prediction", true},
    {"/parameters/schoolbook_estimate", true},
    {"/parameters/groups/embedding", true},
    {"/parameters/groups/per_layer_embedding", true},
    {"/parameters/groups/attention", true},
    {"/parameters/groups/feed_forward", true},
    {"/parameters/groups/experts", true},
    {"/parameters/groups/shared_experts", true},
    {"/parameters/groups/router", true},
    {"/parameters/groups/norm", true},
    {"/parameters/groups/lm_head", true},
    {"/parameters/groups/other", true},
    {"/kv_cache/bytes_per_token", true},
    {"/kv_cache/bytes_at_context", true},
    {"/kv_cache/bytes_read_per_decode_step", true},
    {"/flops/prefill_dense", true},
    {"/flops/prefill_causal", true},
    {"/flops/decode_step", true},
    {"/memory/weights_bytes", true},
    {"/memory/kv_bytes", true},
    {"/memory/workspace_bytes", true},
    {"/memory/total_bytes", true},
    {"/memory/per_gpu_bytes", true},
    {"/memory/max_batch", true},
    {"/memory/max_context", true},
    {"/throughput/time_to_first_token_ms", false},
    {"/throughput/time_per_output_token_ms", false},
    {"/throughput/tokens_per_second", false},
    {"/training/weights_bytes", true},
    {"/training/gradients_bytes", true},
    {"/training/optimizer_bytes", true},
    {"/training/activation_bytes", true},
    {"/training/flops_per_token", true},
};

} // namespace

class TestCliAnalyze : public QObject {
    Q_OBJECT

private slots:
    void presetsListEveryFile() {
        json presets = listedPresets();
        const QStringList files =
            QDir(QStringLiteral(HEADROOM_SOURCE_DIR "/presets/models")).entryList({"*.json"});
        QCOMPARE(static_cast<qsizetype>(presets.size()), files.size());
        std::set<std::string> names;
        for (const json& preset : presets) {
            for (const char* key : {"name", "family", "model_type", "source"}) {
                QVERIFY2(preset.contains(key) && !preset[key].get<std::string>().empty(), key);
            }
            QVERIFY(preset["parameters_total"].is_number_integer());
            names.insert(preset["name"].get<std::string>());
        }
        QCOMPARE(names.size(), presets.size());
    }

    void devicesAreListed() {
        json devices = runJson({"presets", "--devices"})["devices"];
        QVERIFY(devices.size() >= 10);
        for (const json& device : devices) {
            QVERIFY(device["memory_bytes"].is_number_integer());
            QVERIFY(!device["sources"].empty());
        }
    }

    void keysOfTheContract_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"llama-3-8b", "qwen3-8b", "qwen3-235b-a22b", "deepseek-v3",
                                  "gemma-3-27b", "gemma-3n-e4b", "llama-4-scout", "gpt-2-small",
                                  "gpt-oss-120b", "mixtral-8x7b", "bert-base"}) {
            QTest::newRow(model) << QString::fromLatin1(model);
        }
    }
    void keysOfTheContract() {
        QFETCH(QString, model);
        json object = runJson({"analyze", model, "--prompt", "512", "--context", "512"});
        QCOMPARE(text(object["model"]).toLower(), model);
        QVERIFY(object["model_type"].is_string());
        for (const Key& key : contract) {
            const json::json_pointer pointer(key.pointer);
            QVERIFY2(object.contains(pointer), key.pointer);
            QVERIFY2(key.integer ? object[pointer].is_number_integer()
                                 : object[pointer].is_number(),
                     key.pointer);
        }
        QVERIFY(object["memory"]["fits"].is_boolean());
        QVERIFY(object["throughput"]["bound"].is_string());
        const std::string constants = object["throughput"]["constants"];
        QVERIFY(constants == "measured" || constants == "typical");
        QVERIFY(object["findings"].is_array());
        for (const json& finding : object["findings"]) {
            for (const char* key : {"severity", "field", "message"}) {
                QVERIFY2(finding[key].is_string(), key);
            }
        }
        std::int64_t sum = 0;
        for (const auto& [name, count] : object["parameters"]["groups"].items()) {
            sum += count.get<std::int64_t>();
        }
        QCOMPARE(sum, object["parameters"]["total"].get<std::int64_t>());
    }

    void totalsAreExact() {
        json known = sourceJson("tests/golden/parameter_counts.json")["models"];
        std::size_t compared = 0;
        for (const json& preset : listedPresets()) {
            const std::string name = preset["name"];
            if (!known.contains(name)) {
                continue;
            }
            json object =
                runJson({"analyze", text(preset["name"]), "--prompt", "64", "--context", "64"});
            QVERIFY2(object.contains("parameters"), name.c_str());
            const std::int64_t total = object["parameters"]["total"];
            if (known[name]["total"].is_null()) {
                // Kimi-K2 was counted by the second program alone, which counts buffers too.
                QVERIFY2(known[name]["independent_count_total"] ==
                             total + object["parameters"]["buffers"].get<std::int64_t>(),
                         name.c_str());
            } else {
                QVERIFY2(known[name]["total"] == total, name.c_str());
            }
            QVERIFY2(preset["parameters_total"] == total, name.c_str());
            ++compared;
        }
        QVERIFY(compared >= 40);
    }

    void cacheOfReferencePoints_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<qint64>("bytes");
        QTest::newRow("Llama-3-8B") << "llama-3-8b" << qint64{131072};
        QTest::newRow("Qwen3-8B") << "Qwen3-8B" << qint64{147456};
        QTest::newRow("Qwen3-0.6B") << "qwen3-0.6b" << qint64{114688};
        QTest::newRow("Qwen3-235B-A22B") << "QWEN3-235B-A22B" << qint64{192512};
        QTest::newRow("DeepSeek-V3") << "deepseek-v3" << qint64{70272};
    }
    void cacheOfReferencePoints() {
        QFETCH(QString, model);
        QFETCH(qint64, bytes);
        json object = runJson({"analyze", model});
        QCOMPARE(object["kv_cache"]["bytes_per_token"].get<std::int64_t>(), bytes);
    }

    void configurationOfAFolder() {
        const QString folder = QStringLiteral(HEADROOM_SOURCE_DIR "/tests/golden/qwen3");
        json golden = sourceJson("tests/golden/qwen3/golden.json");
        for (const QString& path :
             {folder, folder + "/config.json", folder + "/config.transformers-v5.json"}) {
            json object = runJson({"analyze", path, "--prompt", "24", "--context", "24"});
            QVERIFY2(object["parameters"]["total"] == golden["parameters"], qPrintable(path));
        }
    }

    void setEditsTheConfiguration() {
        json base = runJson({"analyze", "qwen3-8b"});
        json edited = runJson({"analyze", "qwen3-8b", "--set", "num_key_value_heads=4", "--set",
                               "num_hidden_layers=18"});
        QCOMPARE(edited["kv_cache"]["bytes_per_token"].get<std::int64_t>() * 4,
                 base["kv_cache"]["bytes_per_token"].get<std::int64_t>());
        QVERIFY(edited["parameters"]["total"] < base["parameters"]["total"]);
    }

    void suffixesCountInThousandTwentyFours() {
        json a = runJson({"analyze", "llama-3-8b", "--context", "128K"});
        json b = runJson({"analyze", "llama-3-8b", "--context", "131072"});
        QVERIFY(a["kv_cache"] == b["kv_cache"]);
        QCOMPARE(a["kv_cache"]["bytes_at_context"].get<std::int64_t>(), qint64{131072} * 131072);
    }

    void formatsAndSplits() {
        json whole = runJson({"analyze", "llama-3-70b", "--gpus", "8"});
        QCOMPARE(whole["scenario"]["tp"].get<int>(), 8);
        json half = runJson({"analyze", "llama-3-70b", "--gpus", "8", "--weights", "fp8"});
        QCOMPARE(half["memory"]["weights_bytes"].get<std::int64_t>() * 2,
                 whole["memory"]["weights_bytes"].get<std::int64_t>());
        QVERIFY(whole["memory"]["per_gpu_bytes"] < whole["memory"]["total_bytes"]);
    }

    void reportForPeople() {
        const CliResult result = runCli({"analyze", "qwen3-8b"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.err.isEmpty());
        for (const char* words :
             {"Qwen3-8B", "8,190,735,360", "147,456 B", "Parameters", "Memory"}) {
            QVERIFY2(result.out.contains(words), words);
        }
    }

    void tensorsSumToTheTotal_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"qwen3-0.6b", "gpt-2-small", "gemma-3-1b", "mixtral-8x7b"}) {
            QTest::newRow(model) << QString::fromLatin1(model);
        }
    }
    void tensorsSumToTheTotal() {
        QFETCH(QString, model);
        json tensors = runJson({"tensors", model})["tensors"];
        std::int64_t sum = 0;
        for (const json& tensor : tensors) {
            std::int64_t elements = 1;
            for (const json& side : tensor["shape"]) {
                elements *= side.get<std::int64_t>();
            }
            QCOMPARE(elements, tensor["parameters"].get<std::int64_t>());
            QVERIFY(tensor["role"].is_string());
            QVERIFY(tensor.contains("layer"));
            sum += elements;
        }
        json object = runJson({"analyze", model});
        QCOMPARE(sum, object["parameters"]["total"].get<std::int64_t>() +
                          object["parameters"]["buffers"].get<std::int64_t>());
    }

    void explanationEndsInTheSameNumber_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("quantity");
        QTest::addColumn<QString>("pointer");
        const struct {
            const char* quantity;
            const char* pointer;
        } quantities[] = {
            {"parameters", "/parameters/total"},
            {"active_parameters", "/parameters/active"},
            {"kv_cache", "/kv_cache/bytes_at_context"},
            {"flops", "/flops/prefill_causal"},
            {"memory", "/memory/total_bytes"},
            {"time_per_output_token", "/throughput/time_per_output_token_ms"},
            {"time_to_first_token", "/throughput/time_to_first_token_ms"},
        };
        for (const char* model : {"qwen3-8b", "deepseek-v3", "gemma-3-27b"}) {
            for (const auto& q : quantities) {
                QTest::addRow("%s %s", model, q.quantity) << model << q.quantity << q.pointer;
            }
        }
    }
    void explanationEndsInTheSameNumber() {
        QFETCH(QString, model);
        QFETCH(QString, quantity);
        QFETCH(QString, pointer);
        json tree = runJson({"explain", model, quantity});
        for (const char* key : {"symbol", "formula", "substituted", "unit", "source"}) {
            QVERIFY2(tree.contains(key) && tree[key].is_string(), key);
        }
        QVERIFY(tree["children"].is_array() && !tree["children"].empty());
        json object = runJson({"analyze", model});
        const json& value = object[json::json_pointer(pointer.toStdString())];
        if (value.is_number_integer()) {
            QCOMPARE(tree["value"].get<std::int64_t>(), value.get<std::int64_t>());
        } else {
            QCOMPARE(tree["value"].get<double>(), value.get<double>());
        }
    }
};

QTEST_APPLESS_MAIN(TestCliAnalyze)
#include "tst_cli_analyze.moc"
