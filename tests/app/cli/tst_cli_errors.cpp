// SPDX-License-Identifier: GPL-3.0-or-later
// Exit codes and error lines: one line that names file, field, what was found and expected.
#include "cli_process.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

class TestCliErrors : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString write(const char* name, const QByteArray& text) {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
            qFatal("cannot write %s", name);
        }
        return path;
    }

    static bool isOneLine(const QByteArray& text) {
        return text.endsWith('\n') && text.count('\n') == 1;
    }

private slots:
    void usage_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("unknown command")
            << QStringList{"analyse", "qwen3-8b"} << QByteArray("did you mean analyze?");
        QTest::newRow("no model") << QStringList{"analyze"} << QByteArray("MODEL");
        QTest::newRow("too many") << QStringList{"analyze", "qwen3-8b", "x"} << QByteArray("\"x\"");
        QTest::newRow("unknown option") << QStringList{"analyze", "qwen3-8b", "--contxt", "1"}
                                        << QByteArray("did you mean --context?");
        QTest::newRow("no value") << QStringList{"analyze", "qwen3-8b", "--context"}
                                  << QByteArray("--context N");
        QTest::newRow("not a number")
            << QStringList{"analyze", "qwen3-8b", "--context", "many"} << QByteArray("\"many\"");
        QTest::newRow("zero") << QStringList{"analyze", "qwen3-8b", "--batch", "0"}
                              << QByteArray("from 1");
        QTest::newRow("format") << QStringList{"analyze", "qwen3-8b", "--kv", "fp7"}
                                << QByteArray("fp32 bf16 fp16 fp8 int8 int4");
        QTest::newRow("set") << QStringList{"analyze", "qwen3-8b", "--set", "hidden_size"}
                             << QByteArray("FIELD=VALUE");
        QTest::newRow("quantity") << QStringList{"explain", "qwen3-8b", "speed"}
                                  << QByteArray("kv_cache");
        QTest::newRow("no axis") << QStringList{"sweep", "qwen3-8b", "--figure", "weights_bytes"}
                                 << QByteArray("--vary");
        QTest::newRow("figure") << QStringList{"sweep",     "qwen3-8b", "--vary",
                                               "batch=1:4", "--figure", "price"}
                                << QByteArray("parameters_total");
        QTest::newRow("no objective")
            << QStringList{"search", "qwen3-8b", "--vary", "batch=1:4"} << QByteArray("--minimize");
    }
    void usage() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, words);
        const CliResult result = runCli(arguments);
        QCOMPARE(result.code, 2);
        QVERIFY(result.out.isEmpty());
        QVERIFY2(result.err.contains(words), result.err.constData());
        QCOMPARE(result.err.count('\n'), 2);
        QVERIFY(result.err.contains("--help'"));
    }

    void badInput_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("unknown preset")
            << QStringList{"analyze", "qwen3-9b"} << QByteArray("qwen3-8b");
        QTest::newRow("unknown device")
            << QStringList{"analyze", "qwen3-8b", "--device", "h300"} << QByteArray("h200");
        QTest::newRow("unknown field")
            << QStringList{"analyze", "qwen3-8b", "--set", "hiden=1"} << QByteArray("hiden");
        QTest::newRow("not a value") << QStringList{"analyze", "qwen3-8b", "--set", "hidden_size=x"}
                                     << QByteArray("hidden_size");
        QTest::newRow("negative") << QStringList{"analyze", "qwen3-8b", "--set", "hidden_size=-8"}
                                  << QByteArray("hidden_size");
        QTest::newRow("huge") << QStringList{"analyze", "qwen3-8b", "--set",
                                             "num_hidden_layers=1000000000"}
                              << QByteArray("num_hidden_layers");
        QTest::newRow("heads do not divide")
            << QStringList{"analyze", "qwen3-8b", "--set", "num_key_value_heads=7"}
            << QByteArray("num_key_value_heads");
        for (const QStringList& command :
             {QStringList{"analyze", "qwen3-8b"}, QStringList{"tensors", "qwen3-8b"},
              QStringList{"explain", "qwen3-8b", "parameters"}}) {
            QTest::newRow(qPrintable("beyond 64 bits: " + command.front()))
                << command + QStringList{"--set", "hidden_size=2147483648", "--set",
                                         "intermediate_size=2147483648"}
                << QByteArray("2^63");
        }
        QTest::newRow("uneven split")
            << QStringList{"analyze", "qwen2-7b", "--tp", "8"} << QByteArray("8");
        QTest::newRow("no table") << QStringList{"check", "qwen4"} << QByteArray("claims");
        QTest::newRow("empty file")
            << QStringList{"analyze", write("empty.json", "")} << QByteArray("empty.json");
        QTest::newRow("truncated") << QStringList{"analyze", write("cut.json", "{\"model_type\": ")}
                                   << QByteArray("cut.json");
        QTest::newRow("list") << QStringList{"analyze", write("list.json", "[1, 2]")}
                              << QByteArray("list.json");
        QTest::newRow("no model_type")
            << QStringList{"analyze", write("none.json", "{}")} << QByteArray("model_type");
        QTest::newRow("unsupported")
            << QStringList{"analyze", write("mamba.json", "{\"model_type\": \"mamba2\"}")}
            << QByteArray("model_type");
        QTest::newRow("wrong type")
            << QStringList{"analyze", write("type.json", "{\"model_type\": \"llama\", "
                                                         "\"hidden_size\": \"wide\"}")}
            << QByteArray("hidden_size");
        QTest::newRow("empty folder")
            << QStringList{"analyze", m_folder.path()} << QByteArray("config.json");
        QTest::newRow("constraint") << QStringList{"search",  "qwen3-8b", "--vary",     "batch=1:4",
                                                   "--where", "batch",    "--minimize", "batch"}
                                    << QByteArray("--where");
        QTest::newRow("axis") << QStringList{"sweep",     "qwen3-8b", "--vary",
                                             "wings=1:4", "--figure", "weights_bytes"}
                              << QByteArray("wings");
    }
    void badInput() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, words);
        const CliResult result = runCli(arguments);
        QCOMPARE(result.code, 1);
        QVERIFY(result.out.isEmpty());
        QVERIFY2(isOneLine(result.err), result.err.constData());
        QVERIFY2(result.err.contains(words), result.err.constData());
    }

    void unsupportedTypeIsNamed() {
        const CliResult result =
            runCli({"analyze", write("rwkv.json", "{\"model_type\": \"rwkv\"}")});
        QCOMPARE(result.code, 1);
        QVERIFY2(result.err.contains("rwkv.json: model_type:"), result.err.constData());
        QVERIFY2(result.err.contains("rwkv\""), result.err.constData());
    }

    void linearAttentionIsNamed() {
        const CliResult result = runCli(
            {"analyze",
             write("linear.json",
                   "{\"model_type\": \"qwen3\", \"hidden_size\": 64, \"num_hidden_layers\": 2, "
                   "\"num_attention_heads\": 4, \"num_key_value_heads\": 2, "
                   "\"intermediate_size\": 128, \"vocab_size\": 64, "
                   "\"layer_types\": [\"full_attention\", \"linear_attention\"]}")});
        QCOMPARE(result.code, 1);
        QVERIFY2(result.err.contains("layer_types[1]"), result.err.constData());
        QVERIFY2(result.err.contains("linear_attention"), result.err.constData());
    }

    void help_data() {
        QTest::addColumn<QString>("command");
        for (const char* command : {"presets", "analyze", "compare", "explain", "tensors", "sweep",
                                    "search", "check", "predict", "calibrate", "run", "bench"}) {
            QTest::newRow(command) << QString::fromLatin1(command);
        }
    }
    void help() {
        QFETCH(QString, command);
        const CliResult result = runCli({command, "--help"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.startsWith("Usage: headroom " + command.toLatin1()));
        QVERIFY(result.out.contains("--json"));
        QVERIFY(result.err.isEmpty());
        QVERIFY(runCli({"--help"}).out.contains("  " + command.toLatin1() + " "));
    }

    void version() {
        const CliResult result = runCli({"--version"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.startsWith("headroom "));
    }
};

QTEST_APPLESS_MAIN(TestCliErrors)
#include "tst_cli_errors.moc"
