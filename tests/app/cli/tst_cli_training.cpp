// SPDX-License-Identifier: GPL-3.0-or-later
// `analyze`: how a design is trained, formats by role, the cache layer by layer.
#include "cli_process.h"

#include <QTest>

#include <cmath>

using nlohmann::json;

namespace {

json analyzed(const QStringList& options, const char* model = "qwen3-8b") {
    return runJson(QStringList{"analyze", model} + options);
}

std::int64_t number(const json& object, const char* pointer) {
    return object.at(json::json_pointer(pointer)).get<std::int64_t>();
}

} // namespace

class TestCliTraining : public QObject {
    Q_OBJECT

private slots:
    void optimizersDiffer() {
        const std::int64_t total = number(analyzed({}), "/parameters/total");
        QCOMPARE(number(analyzed({}), "/training/optimizer_bytes"), 12 * total);
        QCOMPARE(number(analyzed({"--optimizer", "sgd"}), "/training/optimizer_bytes"), 4 * total);
        const std::int64_t muon =
            number(analyzed({"--optimizer", "muon"}), "/training/optimizer_bytes");
        QVERIFY(muon > 8 * total && muon < 12 * total);
    }

    void zeroShares() {
        const json plain = analyzed({"--gpus", "8"});
        const json shared = analyzed({"--gpus", "8", "--zero", "2"});
        QCOMPARE(number(shared, "/training/data_parallel"), std::int64_t{8});
        QCOMPARE(number(shared, "/training/weights_bytes"),
                 number(plain, "/training/weights_bytes"));
        QVERIFY(number(shared, "/training/gradients_bytes") * 8 >=
                number(plain, "/training/gradients_bytes"));
        QVERIFY(number(shared, "/training/gradients_bytes") * 7 <
                number(plain, "/training/gradients_bytes"));
    }

    void recomputationAndSequences() {
        const json none = analyzed({"--sequence", "1024", "--train-batch", "2"});
        const json full =
            analyzed({"--sequence", "1024", "--train-batch", "2", "--recompute", "full"});
        QVERIFY(number(full, "/training/activation_bytes") <
                number(none, "/training/activation_bytes"));
        QVERIFY(number(full, "/training/recomputed_bytes") > 0);
        QVERIFY(number(full, "/training/flops_per_token") >
                number(none, "/training/flops_per_token"));
        QCOMPARE(full["training"]["recomputation"].get<std::string>(), std::string("full"));
        QCOMPARE(number(none, "/training/micro_batch"), std::int64_t{2});
    }

    void frameworksAndLosses() {
        const QStringList one{"--sequence", "1024"};
        const json ideal = analyzed(one);
        const auto sum = [](const json& object) {
            std::int64_t bytes = 0;
            for (const char* part : {"weights", "gradients", "optimizer", "activation",
                                     "recomputed", "framework", "temporary"}) {
                bytes += number(object, (std::string("/training/") + part + "_bytes").c_str());
            }
            return bytes;
        };
        QCOMPARE(ideal["training"]["framework"].get<std::string>(), std::string("ideal"));
        QCOMPARE(ideal["training"]["loss"].get<std::string>(), std::string("plain"));
        QVERIFY(ideal["training"]["loss_chunk"].is_null());
        QCOMPARE(number(ideal, "/training/framework_bytes"), std::int64_t{0});
        QCOMPARE(number(ideal, "/training/total_bytes"), sum(ideal));
        // 12 bytes for each of 1,024 x 151,936 logits.
        const std::int64_t logits = std::int64_t{1024} * 151936;
        QCOMPARE(number(ideal, "/training/loss_peak_bytes"), 12 * logits);
        const json torch = analyzed(one + QStringList{"--framework", "pytorch"});
        QCOMPARE(number(torch, "/training/total_bytes"), sum(torch));
        QCOMPARE(number(torch, "/training/activation_bytes"),
                 number(ideal, "/training/activation_bytes"));
        QVERIFY(number(torch, "/training/framework_bytes") > 0);
        QVERIFY(number(torch, "/training/step_peak_bytes") >=
                number(torch, "/training/forward_peak_bytes"));
        const json chunked = analyzed(one + QStringList{"--loss", "chunked", "--loss-chunk", "64"});
        QCOMPARE(number(ideal, "/training/activation_bytes") -
                     number(chunked, "/training/activation_bytes"),
                 4 * logits);
        QCOMPARE(number(chunked, "/training/loss_chunk"), std::int64_t{64});
        const json fused = analyzed(one + QStringList{"--loss", "fused"});
        QCOMPARE(number(ideal, "/training/activation_bytes") -
                     number(fused, "/training/activation_bytes"),
                 4 * logits - 4 * 1024);
        const json none = analyzed(one + QStringList{"--loss", "none"});
        QCOMPARE(number(none, "/training/loss_peak_bytes"), std::int64_t{0});
        const json states = analyzed({"--optimizer-states", "bf16"});
        QCOMPARE(number(states, "/training/optimizer_bytes"),
                 4 * number(states, "/parameters/total"));
        const CliResult text = runCli({"analyze", "qwen3-8b", "--framework", "pytorch", "--loss",
                                       "chunked", "--recompute", "full"});
        QCOMPARE(text.code, 0);
        for (const char* words : {"in PyTorch", "loss by chunks of 1,024 tokens", "kept beyond",
                                  "temporaries", "step's peak", "loss's peak"}) {
            QVERIFY2(text.out.contains(words), words);
        }
    }

    void lora() {
        // Rank 16 on q_proj (4096 x 4096) and v_proj (1024 x 4096) of 36 layers.
        const json adapted = analyzed({"--lora", "q_proj,v_proj:16"});
        QCOMPARE(number(adapted, "/training/trained_parameters"),
                 std::int64_t{36} * 16 * (4096 + 4096 + 1024 + 4096));
        QCOMPARE(adapted["training"]["lora"]["rank"].get<std::int64_t>(), std::int64_t{16});
    }

    void budget() {
        const json plan =
            analyzed({"--tokens", "1e12", "--utilization", "0.5", "--gpus", "8"})["training"];
        const double flops = plan["flops_per_token"].get<double>() * 1e12;
        QCOMPARE(plan["flops_total"].get<double>(), flops);
        const double hours = flops / (989e12 * 8 * 0.5) / 3600;
        QVERIFY(std::abs(plan["hours"].get<double>() / hours - 1) < 0.01);
        QVERIFY(!analyzed({})["training"].contains("hours"));
    }

    void wrongWords_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("named");
        QTest::newRow("optimizer") << QStringList{"--optimizer", "lion"} << 2 << "--optimizer";
        QTest::newRow("stage") << QStringList{"--zero", "4"} << 2 << "--zero";
        QTest::newRow("recompute") << QStringList{"--recompute", "some"} << 2 << "--recompute";
        QTest::newRow("framework") << QStringList{"--framework", "jax"} << 2 << "--framework";
        QTest::newRow("loss") << QStringList{"--loss", "some"} << 2 << "--loss";
        QTest::newRow("chunk") << QStringList{"--loss-chunk", "0"} << 2 << "--loss-chunk";
        QTest::newRow("states") << QStringList{"--optimizer-states", "fp8"} << 2
                                << "--optimizer-states";
        QTest::newRow("lora, no rank") << QStringList{"--lora", "q_proj"} << 2 << "--lora";
        QTest::newRow("lora, rank 0") << QStringList{"--lora", "q_proj:0"} << 2 << "--lora";
        QTest::newRow("lora, no module") << QStringList{"--lora", "c_attn:8"} << 1 << "c_attn";
        QTest::newRow("utilization") << QStringList{"--utilization", "2"} << 2 << "--utilization";
        QTest::newRow("format") << QStringList{"--weights-router", "fp7"} << 2
                                << "--weights-router";
    }
    void wrongWords() {
        QFETCH(QStringList, options);
        QFETCH(int, code);
        QFETCH(QString, named);
        const CliResult result = runCli(QStringList{"analyze", "qwen3-8b"} + options);
        QCOMPARE(result.code, code);
        QVERIFY2(result.err.contains(named.toUtf8()), result.err.constData());
    }

    void formatsByRole() {
        const json bf16 = analyzed({}, "qwen3-30b-a3b");
        const std::int64_t all = number(bf16, "/memory/weights_bytes");
        for (const auto& [option, role] : {std::pair{"--weights-experts", "experts"},
                                           std::pair{"--weights-attention", "attention"},
                                           std::pair{"--weights-lm-head", "lm_head"},
                                           std::pair{"--weights-embedding", "embedding"}}) {
            const json mixed = analyzed({option, "fp8"}, "qwen3-30b-a3b");
            QCOMPARE(number(mixed, "/memory/weights_bytes"),
                     all - number(bf16, (std::string("/parameters/groups/") + role).c_str()));
            QCOMPARE(mixed["scenario"]["weights_by_role"][role].get<std::string>(),
                     std::string("fp8"));
        }
        QCOMPARE(number(analyzed({"--experts", "int4"}, "qwen3-30b-a3b"), "/memory/weights_bytes"),
                 number(analyzed({"--weights-experts", "int4"}, "qwen3-30b-a3b"),
                        "/memory/weights_bytes"));
    }

    void cacheByLayer_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"qwen3-8b", "gemma-3-27b", "gemma-3n-e4b", "llama-4-scout",
                                  "deepseek-v3", "gpt-oss-120b", "bert-base"}) {
            QTest::newRow(model) << QString::fromLatin1(model);
        }
    }
    void cacheByLayer() {
        QFETCH(QString, model);
        const json object = analyzed({"--context", "20000"}, model.toLatin1().constData());
        std::int64_t stored = 0;
        std::int64_t read = 0;
        for (const json& layer : object["kv_cache"]["layers"]) {
            stored += layer["bytes"].get<std::int64_t>();
            read += layer["bytes_read"].get<std::int64_t>();
        }
        QCOMPARE(stored, number(object, "/kv_cache/bytes_at_context"));
        QCOMPARE(read, number(object, "/kv_cache/bytes_read_per_decode_step"));
        const CliResult table = runCli({"analyze", model, "--kv-layers"});
        QCOMPARE(table.code, 0);
        QVERIFY(table.out.contains("Cache by layer"));
    }
};

QTEST_APPLESS_MAIN(TestCliTraining)
#include "tst_cli_training.moc"
