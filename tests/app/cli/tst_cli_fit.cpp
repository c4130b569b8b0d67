// SPDX-License-Identifier: GPL-3.0-or-later
// `fit`, and the serving figures of `analyze`.
#include "cli_process.h"

#include <QTest>

#include <cmath>

using nlohmann::json;

class TestCliFit : public QObject {
    Q_OBJECT

private slots:
    void bestIsFirst() {
        const json object =
            runJson({"fit", "qwen3-32b", "--batch", "16", "--context", "32K", "--price", "2.5"});
        QVERIFY(object["best"] == object["options"][0]);
        QCOMPARE(object["best"]["verdict"].get<std::string>(), std::string("meets"));
        QVERIFY(object["best"]["cost_per_million_output_tokens"].get<double>() > 0);
        QVERIFY(object["max_latency_ms"].is_null());
        std::int64_t refused = 0;
        for (const json& entry : object["refused"]) {
            refused += entry["count"].get<std::int64_t>();
            QVERIFY(!entry["why"].get<std::string>().empty());
        }
        QCOMPARE(object["examined"].get<std::int64_t>(),
                 refused + static_cast<std::int64_t>(object["options"].size()));
        // The same figures as analyze prints for that split.
        const json& best = object["best"];
        const auto text = [&](const char* key) {
            return QString::number(best[key].get<std::int64_t>());
        };
        const json analyzed =
            runJson({"analyze", "qwen3-32b", "--batch", "16", "--context", "32K", "--price", "2.5",
                     "--gpus", text("gpus"), "--tp", text("tp"), "--pp", text("pp")});
        QCOMPARE(analyzed["throughput"]["time_per_output_token_ms"].get<double>(),
                 best["time_per_output_token_ms"].get<double>());
        QCOMPARE(analyzed["memory"]["per_gpu_bytes"].get<std::int64_t>(),
                 best["per_gpu_bytes"].get<std::int64_t>());
        QVERIFY(std::abs(analyzed["throughput"]["cost_per_million_output_tokens"].get<double>() /
                             best["cost_per_million_output_tokens"].get<double>() -
                         1) < 1e-12);
    }

    void nothingFits() {
        const CliResult result = runCli({"fit", "deepseek-v3", "--max-gpus", "2", "--json"});
        QCOMPARE(result.code, 3);
        QVERIFY(result.json()["best"].is_null());
        const CliResult text = runCli({"fit", "deepseek-v3", "--max-gpus", "2"});
        QCOMPARE(text.code, 3);
        QVERIFY(text.out.contains("needs"));
    }

    void badInput_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("words");
        const QStringList base{"fit", "qwen3-8b"};
        QTest::newRow("two targets")
            << base + QStringList{"--max-latency-ms", "5", "--min-tokens-per-second", "5"} << 2
            << QByteArray("expected one of them");
        QTest::newRow("negative") << base + QStringList{"--max-latency-ms", "-5"} << 2
                                  << QByteArray("--max-latency-ms");
        QTest::newRow("no number")
            << base + QStringList{"--min-tokens-per-second", "fast"} << 2 << QByteArray("\"fast\"");
        QTest::newRow("too many") << base + QStringList{"--max-gpus", "100000"} << 2
                                  << QByteArray("512");
        QTest::newRow("price") << base + QStringList{"--price", "-1"} << 2 << QByteArray("--price");
        QTest::newRow("split") << base + QStringList{"--tp", "2"} << 2 << QByteArray("--tp");
        QTest::newRow("no model") << QStringList{"fit"} << 2 << QByteArray("MODEL");
        QTest::newRow("device") << base + QStringList{"--device", "h9000"} << 1
                                << QByteArray("h100");
        QTest::newRow("encoder") << QStringList{"fit", "bert-base", "--max-latency-ms", "5"} << 1
                                 << QByteArray("encoder");
    }
    void badInput() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, words);
        const CliResult result = runCli(arguments);
        QCOMPARE(result.code, code);
        QVERIFY(result.out.isEmpty());
        QVERIFY2(result.err.contains(words), result.err.constData());
        QCOMPARE(result.err.count('\n'), code == 2 ? 2 : 1); // usage adds where to read on
    }

    void servingFigures() {
        const json object = runJson({"analyze", "qwen3-8b", "--batch", "8"})["throughput"];
        QVERIFY(object["cost_per_million_output_tokens"].is_null());
        QVERIFY(object["price_per_hour"].is_null());
        QCOMPARE(object["tokens_per_second_per_gpu"].get<double>(),
                 object["tokens_per_second"].get<double>());
        QVERIFY(object["max_batch"].get<std::int64_t>() > 8);
        QVERIFY(object["tokens_per_second_at_max_batch"].get<double>() >
                object["tokens_per_second"].get<double>());
        QCOMPARE(object["not_modelled"][0].get<std::string>(), std::string("chunked prefill"));
        const json priced =
            runJson({"analyze", "qwen3-8b", "--batch", "8", "--price", "3.6"})["throughput"];
        const double expected = 1e3 / priced["tokens_per_second"].get<double>();
        QVERIFY(std::abs(priced["cost_per_million_output_tokens"].get<double>() / expected - 1) <
                1e-9);
    }
};

QTEST_APPLESS_MAIN(TestCliFit)
#include "tst_cli_fit.moc"
