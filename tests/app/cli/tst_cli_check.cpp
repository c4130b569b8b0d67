// SPDX-License-Identifier: GPL-3.0-or-later
// `check`: verdicts of the shipped tables, and that they follow from the figures in the row.
#include "cli_process.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <string>

using nlohmann::json;

namespace {

std::map<std::string, json> rowsOf(const QStringList& arguments) {
    std::map<std::string, json> rows;
    const json report = runJson(QStringList{"check"} + arguments);
    for (const json& row : report.value("rows", json::array())) {
        for (const char* key : {"model", "claim", "computed", "verdict", "why"}) {
            if (!row.contains(key) || !row[key].is_string()) {
                return {};
            }
        }
        rows[row["model"].get<std::string>()] = row;
    }
    return rows;
}

} // namespace

class TestCliCheck : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString table(const json& rows) { return written(json{{"rows", rows}}); }

    QString written(const json& document) {
        const QString path = m_folder.filePath("table.json");
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) {
            qFatal("cannot write the table");
        }
        file.write(QByteArray::fromStdString(document.dump()));
        return path;
    }

private slots:
    void officialConfigurationsCanBeTrue() {
        // A table made of the shipped configurations themselves.
        json rows = json::array();
        for (const json& preset : listedPresets()) {
            const std::string id = preset["id"];
            const json file = sourceJson("presets/models/" + QString::fromStdString(id) + ".json");
            json row{{"model", preset["name"]}, {"claimed_total", preset["parameters_total"]}};
            for (const char* name : {"hidden_size", "num_hidden_layers", "vocab_size"}) {
                if (file.contains(name)) {
                    row[name] = file[name];
                }
            }
            rows.push_back(row);
        }
        const auto checked = rowsOf({table(rows)});
        QCOMPARE(checked.size(), rows.size());
        for (const auto& [model, row] : checked) {
            QVERIFY2(row["verdict"] == "can be true", row.dump(1).c_str());
            QVERIFY2(row["implied_total"] == row["official_total"], model.c_str());
        }
    }

    void verdictFollowsTheFigures() {
        // The same row: its own total, a total that its fields cannot give, a field that is wrong.
        const json honest{{"model", "Llama-3-8B"},
                          {"num_hidden_layers", 32},
                          {"hidden_size", 4096},
                          {"claimed_total", 8.03e9}};
        json impossible = honest;
        impossible["claimed_total"] = 12e9;
        json different = honest;
        different["vocab_size"] = 128000;
        QVERIFY(rowsOf({table(json::array({honest}))})["Llama-3-8B"]["verdict"] == "can be true");
        QVERIFY(rowsOf({table(json::array({impossible}))})["Llama-3-8B"]["verdict"] ==
                "cannot be true");
        QVERIFY(rowsOf({table(json::array({different}))})["Llama-3-8B"]["verdict"] ==
                "contradicts the official configuration");
        QVERIFY(rowsOf({table(json::array({impossible})), "--tolerance",
                        "50"})["Llama-3-8B"]["verdict"] == "can be true");
    }

    void modelsNobodyKnows() {
        // Llama 2 13B under an invented name: 2 * 32000 * 5120 + 40 * (4 * 5120^2 + 3 * 5120 *
        // 13824
        // + 2 * 5120) + 5120 = 13,015,864,320.
        const json sound{{"model", "Nimbus-13B"},       {"num_hidden_layers", 40},
                         {"hidden_size", 5120},         {"intermediate_size", 13824},
                         {"num_attention_heads", 40},   {"vocab_size", 32000},
                         {"claimed_total", 13015864320}};
        json half = sound;
        half["num_hidden_layers"] = 20;
        json no_design = sound;
        no_design["num_key_value_heads"] = 7;
        // Two matrices of 4 * 4096, a tied head: 50000 * 4096 + 30 * (4 * 4096^2 + 8 * 4096^2
        // + 2 * 4096) + 4096 = 6,244,847,616.
        const json two_matrices{{"model", "Nimbus-6B"}, {"num_hidden_layers", 30},
                                {"hidden_size", 4096},  {"num_attention_heads", 32},
                                {"vocab_size", 50000},  {"claimed_total", 6244847616}};
        const auto only = [&](const json& row) {
            return rowsOf({table(json::array({row}))}).begin()->second;
        };
        QVERIFY(only(sound)["verdict"] == "can be true");
        QVERIFY2(only(sound)["implied_total"] == 13015864320, only(sound).dump(1).c_str());
        QVERIFY(only(half)["verdict"] == "cannot be true");
        QVERIFY(only(no_design)["verdict"] == "cannot be true");
        QVERIFY2(only(two_matrices)["implied_total"] == 6244847616,
                 only(two_matrices).dump(1).c_str());
        json without_vocabulary = sound;
        without_vocabulary.erase("vocab_size");
        QVERIFY(only(without_vocabulary)["verdict"] == "cannot be computed");
    }

    void severalKindsInOneFile() {
        const json all = json::parse(R"({"rows": [{"model": "Qwen3-8B", "claimed_total": 8.2e9}],
            "examples": [{"name": "A", "formula": "124e6", "printed": "124M"},
                         {"name": "B", "formula": "130023424", "printed": "124 M"},
                         {"name": "Llama 2 7B", "claimed_total": "6.74B"}],
            "claims": [{"id": "moe-37b-active", "claim": "DeepSeek-V3 has 12B active."}]})");
        const auto rows = rowsOf({written(all)});
        QCOMPARE(rows.size(), std::size_t{5});
        QVERIFY(rows.at("Qwen3-8B")["verdict"] == "can be true");
        QVERIFY(rows.at("A")["verdict"] == "holds");
        QVERIFY(rows.at("B")["verdict"] == "holds under a condition");
        QVERIFY2(rows.at("Llama 2 7B")["verdict"] == "holds", rows.at("Llama 2 7B").dump().c_str());
        // An id is no licence to judge whatever stands beside it.
        QVERIFY(rows.at("moe-37b-active")["verdict"] == "cannot be computed");
    }

    void deepNesting() {
        // What prints a value it does not know needs a stack as deep as this.
        const std::string deep = std::string(200000, '[') + std::string(200000, ']');
        for (const char* start : {R"({"rows": [{"model": "Qwen3-8B", "hidden_size": )",
                                  R"({"rows": [{"model": "Qwen3-8B", "claimed_total": )",
                                  R"({"examples": [{"name": "Mistral 7B", "claimed_total": )"}) {
            QFile file(m_folder.filePath("deep.json"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::fromStdString(start + deep + "}]}"));
            file.close();
            QCOMPARE(runCli({"check", file.fileName()}).code, 1);
        }
    }

    void secondaryTable() {
        const auto rows = rowsOf({"qwen3_secondary_table"});
        QCOMPARE(rows.size(), std::size_t{9});
        for (const auto& [model, row] : rows) {
            QVERIFY2(row["verdict"] != "can be true", row.dump(1).c_str());
        }
        // 40 layers of 4608 do give 14 B; the official model has other fields.
        QVERIFY(rows.at("Qwen3-14B")["verdict"] == "contradicts the official configuration");
        for (const char* model : {"Qwen3-0.6B", "Qwen3-1.7B", "Qwen3-8B", "Qwen3-32B",
                                  "Qwen3-30B-A3B", "Qwen3-72B-A7B", "Qwen3-235B-A22B"}) {
            QVERIFY2(rows.at(model)["verdict"] == "cannot be true", rows.at(model).dump(1).c_str());
        }
    }

    void configurationTable() {
        const auto rows = rowsOf({"qwen3_deepseek_config_table.json"});
        QCOMPARE(rows.size(), std::size_t{10});
        QVERIFY(rows.at("Qwen3-8B")["verdict"] == "can be true");
        QVERIFY(rows.at("DeepSeek-V3")["verdict"] == "can be true");
    }

    void workedExamples() {
        const auto rows = rowsOf({"worked_examples"});
        QCOMPARE(rows.size(), std::size_t{4});
        const json& formula = rows.at("Estimate, no GQA");
        QVERIFY2(formula["implied_total"] == 8046772224, formula.dump(1).c_str());
        QVERIFY(formula["verdict"] == "holds under a condition");
        // 7.51 counts in 1024^3: 8.05 B as a decimal figure.
        QVERIFY(rows.at("Mistral 7B, MHA estimate")["verdict"] == "holds under a condition");
        QVERIFY(rows.at("Mistral 7B, with GQA")["verdict"] == "holds");
        const json& tied = rows.at("Qwen2.5-3B");
        QVERIFY(tied["verdict"] == "holds under a condition");
        QVERIFY(tied["official_total"] == 3085938688);
    }

    void claims() {
        const auto rows = rowsOf({"claims"});
        json printed = sourceJson("presets/tables/claims.json")["claims"];
        QCOMPARE(rows.size(), printed.size());
        for (const json& claim : printed) {
            const json& row = rows.at(claim["id"].get<std::string>());
            QVERIFY2(!row["computed"].get<std::string>().empty(), row.dump(1).c_str());
            QVERIFY2(!row["why"].get<std::string>().empty(), row.dump(1).c_str());
        }
        QVERIFY(rows.at("moe-37b-active")["verdict"] == "holds");
        QVERIFY(rows.at("qwen3-top2")["verdict"] == "does not hold");
        QVERIFY(rows.at("qwen3-swa-4096")["verdict"] == "does not hold");
        QVERIFY(rows.at("mla-70-percent")["verdict"] == "holds under a condition");
        QVERIFY(rows.at("mla-70-percent")["computed"].get<std::string>().find("70272") !=
                std::string::npos);
        QVERIFY(rows.at("dca-nlogn")["verdict"] == "does not hold");
        QVERIFY(rows.at("tuning-order")["verdict"] == "cannot be computed");
    }

    void strictFails() {
        QCOMPARE(runCli({"check", "qwen3_secondary_table"}).code, 0);
        QCOMPARE(runCli({"check", "qwen3_secondary_table", "--strict"}).code, 3);
    }

    void everyShippedTableIsFoundByName() {
        const QStringList files =
            QDir(QStringLiteral(HEADROOM_SOURCE_DIR "/presets/tables")).entryList({"*.json"});
        QVERIFY(files.size() >= 4);
        const QByteArray help = runCli({"check", "--help"}).out;
        for (const QString& file : files) {
            const QString name = file.chopped(5);
            QCOMPARE(runCli({"check", name}).code, 0);
            QVERIFY2(help.contains(name.toLatin1()), qPrintable(name));
        }
    }

    void badTables() {
        const QString path = table(json::array({json{{"model", "Qwen3-8B"}, {"wings", 2}}}));
        const CliResult result = runCli({"check", path});
        QCOMPARE(result.code, 1);
        QVERIFY2(result.err.contains("rows[0].wings"), result.err.constData());
    }
};

QTEST_APPLESS_MAIN(TestCliCheck)
#include "tst_cli_check.moc"
