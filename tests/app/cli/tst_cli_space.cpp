// SPDX-License-Identifier: GPL-3.0-or-later
// `sweep` and `search` against `analyze` and against brute force.
#include "cli_process.h"

#include <QTest>

#include <set>
#include <utility>

using nlohmann::json;

class TestCliSpace : public QObject {
    Q_OBJECT

private slots:
    void sweepAgreesWithAnalyze() {
        json object =
            runJson({"sweep", "qwen3-8b", "--vary", "num_key_value_heads=1,2,4,8", "--figure",
                     "kv_bytes_per_token,parameters_total", "--figure", "decode_flops"});
        QCOMPARE(object["rows"].size(), std::size_t{4});
        QVERIFY(object["skipped"].empty());
        for (const json& row : object["rows"]) {
            const QString edit =
                QStringLiteral("num_key_value_heads=%1").arg(row["num_key_value_heads"].get<int>());
            json one = runJson({"analyze", "qwen3-8b", "--set", edit});
            QVERIFY(row["kv_bytes_per_token"] == one["kv_cache"]["bytes_per_token"]);
            QVERIFY(row["parameters_total"] == one["parameters"]["total"]);
            QVERIFY(row["decode_flops"] == one["flops"]["decode_step"]);
        }
    }

    void everyFigureOfTheContract() {
        json object = runJson(
            {"sweep", "qwen3-0.6b", "--vary", "batch=1", "--figure",
             "parameters_total,parameters_active,kv_bytes_per_token,kv_bytes_at_context,"
             "weights_bytes,total_bytes,prefill_flops,decode_flops,training_flops_per_token,"
             "time_to_first_token_ms,time_per_output_token_ms,tokens_per_second"});
        QCOMPARE(object["rows"].size(), std::size_t{1});
        QCOMPARE(object["rows"][0].size(), std::size_t{13});
        json one = runJson({"analyze", "qwen3-0.6b"});
        QVERIFY(object["rows"][0]["training_flops_per_token"] ==
                one["training"]["flops_per_token"]);
        QVERIFY(object["rows"][0]["tokens_per_second"] == one["throughput"]["tokens_per_second"]);
        QVERIFY(object["rows"][0]["total_bytes"] == one["memory"]["total_bytes"]);
    }

    void rangesAndInvalidPoints() {
        json object = runJson({"sweep", "qwen3-8b", "--vary", "num_key_value_heads=1:8", "--vary",
                               "context=1K:4K:*2", "--figure", "total_bytes"});
        // 3, 5, 6 and 7 heads do not divide 32; three contexts for each.
        QCOMPARE(object["rows"].size(), std::size_t{4 * 3});
        QCOMPARE(object["skipped"].size(), std::size_t{4 * 3});
        QVERIFY(object["rows"][0]["context"] == 1024);
        QVERIFY(object["rows"][2]["context"] == 4096);
        for (const json& point : object["skipped"]) {
            QVERIFY(!point["reason"].get<std::string>().empty());
        }
    }

    void csvOfASweep() {
        const CliResult result =
            runCli({"sweep", "llama-3-8b", "--vary", "num_key_value_heads=8,32", "--figure",
                    "kv_bytes_per_token", "--csv"});
        QCOMPARE(result.out, QByteArray("num_key_value_heads,kv_bytes_per_token\n"
                                        "8,131072\n32,524288\n"));
    }

    void frontIsExact() {
        const QStringList axes{"--vary", "num_hidden_layers=8:40:4",
                               "--vary", "num_key_value_heads=1,2,4,8,16",
                               "--vary", "intermediate_size=4096:16384:2048"};
        json searched =
            runJson(QStringList{"search", "qwen3-4b"} + axes +
                    QStringList{"--where", "parameters_total<=5e9", "--where",
                                "intermediate_size>=2*hidden_size", "--minimize",
                                "kv_bytes_per_token", "--maximize", "parameters_total"});
        QVERIFY(searched["exhaustive"].get<bool>());
        QVERIFY(searched["seconds"].is_number());
        QCOMPARE(searched["evaluated"].get<int>() + searched["invalid"].get<int>(), 9 * 5 * 7);

        // The same by brute force from a sweep per layer count.
        std::set<std::pair<std::int64_t, std::int64_t>> feasible;
        for (int layers = 8; layers <= 40; layers += 4) {
            const json rows = runJson({"sweep", "qwen3-4b", "--set",
                                       QStringLiteral("num_hidden_layers=%1").arg(layers), "--vary",
                                       "num_key_value_heads=1,2,4,8,16", "--vary",
                                       "intermediate_size=4096:16384:2048", "--figure",
                                       "kv_bytes_per_token,parameters_total"})["rows"];
            for (const json& row : rows) {
                if (row["parameters_total"] <= 5000000000 && row["intermediate_size"] >= 2 * 2560) {
                    feasible.emplace(row["kv_bytes_per_token"].get<std::int64_t>(),
                                     -row["parameters_total"].get<std::int64_t>());
                }
            }
        }
        std::set<std::pair<std::int64_t, std::int64_t>> expected;
        for (const auto& a : feasible) {
            bool dominated = false;
            for (const auto& b : feasible) {
                dominated |= b != a && b.first <= a.first && b.second <= a.second;
            }
            if (!dominated) {
                expected.insert(a);
            }
        }
        std::set<std::pair<std::int64_t, std::int64_t>> found;
        for (const json& point : searched["front"]) {
            found.emplace(point["kv_bytes_per_token"].get<std::int64_t>(),
                          -point["parameters_total"].get<std::int64_t>());
        }
        QVERIFY(!found.empty());
        QVERIFY(found == expected);
    }

    void largeSpacesAreDeterministic() {
        const auto front = [](const char* seed) {
            json object = runJson({"search",     "qwen3-8b",
                                   "--vary",     "num_hidden_layers=1:64",
                                   "--vary",     "hidden_size=512:8192:128",
                                   "--vary",     "intermediate_size=512:16384:128",
                                   "--where",    "parameters_total<=8e9",
                                   "--where",    "parameters_total>=6e9",
                                   "--minimize", "kv_bytes_per_token",
                                   "--minimize", "decode_flops",
                                   "--seed",     QString::fromLatin1(seed),
                                   "--limit",    "2000"});
            object.erase("seconds");
            return object;
        };
        json first = front("7");
        QVERIFY(!first["exhaustive"].get<bool>());
        QCOMPARE(first["evaluated"].get<int>() + first["invalid"].get<int>(), 2000);
        QVERIFY(!first["front"].empty());
        for (const json& point : first["front"]) {
            QVERIFY(point.contains("num_hidden_layers"));
        }
        QVERIFY(front("7") == first);
        QVERIFY(front("8") != first);
    }
};

QTEST_APPLESS_MAIN(TestCliSpace)
#include "tst_cli_space.moc"
