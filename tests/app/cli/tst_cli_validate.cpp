// SPDX-License-Identifier: GPL-3.0-or-later
// `validate`: the contract's keys, its exit codes, reports, and checkpoints.
#include "cli_process.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdint>
#include <sys/resource.h>

using nlohmann::json;

namespace {

const QStringList brief{"--no-times", "--threads", "1", "--contexts", "24,96", "--batches", "1,8"};

QString golden(const char* name) {
    return QStringLiteral(HEADROOM_SOURCE_DIR "/tests/golden/") + QLatin1String(name);
}

} // namespace

class TestCliValidate : public QObject {
    Q_OBJECT

private slots:
    /// First, because what is asked for is the largest peak of all programs until then.
    void memoryStaysBelowTheLimit() {
#if defined(__SANITIZE_ADDRESS__)
        QSKIP("the sanitizer's own memory is counted too");
#endif
        constexpr std::int64_t limit = 150'000'000;
        const auto peak = [](const QStringList& arguments) {
            [&] {
                QCOMPARE(runCli(QStringList{"validate", "qwen3-8b"} + arguments + brief).code, 0);
            }();
            rusage usage{};
            getrusage(RUSAGE_CHILDREN, &usage);
            return std::int64_t{usage.ru_maxrss} * 1024;
        };
        const std::int64_t program = peak({"--parameters", "1"});
        const std::int64_t whole =
            peak({"--parameters", "0", "--memory", QString::number(limit)}) - program;
        QVERIFY2(whole <= limit, qPrintable(QString::number(whole)));
        QVERIFY2(whole > limit / 3, qPrintable(QString::number(whole))); // the limit is made use of
    }

    void ctrlCEndsItWithWhatItFound() {
        QProcess program;
        program.start(cliProgram(),
                      {"validate", "llama-3-8b", "--json", "--no-times", "--threads", "1",
                       "--parameters", "1", "--contexts", "16,200000", "--batches", "1"});
        QVERIFY(program.waitForStarted());
        // Past the first prompt, in the midst of the second, which would take minutes.
        QTest::qSleep(1500);
        QCOMPARE(program.state(), QProcess::Running);
        ::kill(static_cast<pid_t>(program.processId()), SIGINT);
        QVERIFY(program.waitForFinished(20000));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 1);
        const json object = json::parse(program.readAllStandardOutput().toStdString());
        QVERIFY(object["cancelled"] == true);
        QVERIFY(object["rows"].size() >= 4);
        QVERIFY(program.readAllStandardError().contains("was cancelled"));
    }

    void keysOfTheContract() {
        const json object =
            runJson(QStringList{"validate", "deepseek-v3", "--parameters", "1000000"} + brief);
        QCOMPARE(object["model"].get<std::string>(), std::string("DeepSeek-V3"));
        QCOMPARE(object["tiny_config"]["model_type"].get<std::string>(),
                 std::string("deepseek_v3"));
        QVERIFY(object["rows"].size() > 10);
        for (const json& row : object["rows"]) {
            for (const char* key : {"quantity", "predicted", "measured", "error", "within"}) {
                QVERIFY2(row.contains(key), key);
            }
            if (row["judgement"] == "exact") {
                QVERIFY(row["predicted"].is_number_integer());
                QVERIFY(row["predicted"] == row["measured"]);
                QVERIFY(row["within"] == true);
            }
        }
        QVERIFY(object["summary"]["exact"]["rows"] == object["summary"]["exact"]["within"]);
        QVERIFY(object["failure"].is_null());
        // The tiny configuration is one that the program reads.
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("config.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(object["tiny_config"].dump()));
        file.close();
        const json analysis = runJson({"analyze", file.fileName()});
        QVERIFY(analysis["parameters"]["total"] == object["rows"][0]["measured"]);
    }

    void repeats() {
        const QStringList arguments =
            QStringList{"validate", "qwen3-30b-a3b", "--parameters", "1000000"} + brief;
        json first = runJson(arguments);
        json second = runJson(arguments);
        for (json* object : {&first, &second}) {
            object->erase("seconds");
            object->erase("memory_limit"); // half of what was free just then
        }
        QVERIFY(first == second);
    }

    void reports() {
        const QStringList arguments =
            QStringList{"validate", "gemma-3-4b", "--parameters", "1000000"} + brief;
        const CliResult text = runCli(arguments);
        QCOMPARE(text.code, 0);
        QVERIFY(text.out.contains("counts exact"));
        QVERIFY(text.out.contains("window : context"));
        const CliResult markdown = runCli(arguments + QStringList{"--markdown"});
        QCOMPARE(markdown.code, 0);
        QVERIFY(markdown.out.startsWith("# Gemma-3-4B"));
        const CliResult csv = runCli(arguments + QStringList{"--csv"});
        QCOMPARE(csv.code, 0);
        QVERIFY(csv.out.startsWith("quantity,id,tokens"));
    }

    void checkpoints() {
        const json object = runJson(QStringList{"validate", golden("gpt-oss")} + brief);
        QVERIFY(object["rows"][0]["id"] == "tensors");
        QVERIFY(object["rows"][0]["within"] == true);
        QVERIFY(object["fields"].empty());
        QVERIFY(!object["experts"].empty());
        // Its design with random weights, on request.
        const json shrunk = runJson(QStringList{"validate", golden("gpt-oss"), "--shrink"} + brief);
        QVERIFY(shrunk["rows"][0]["id"] == "parameters");
    }

    void aDifferenceIsExitCodeThree() {
        QTemporaryDir folder;
        for (const char* name : {"config.json", "model.safetensors"}) {
            const QString to = folder.filePath(QLatin1String(name));
            QVERIFY(QFile::copy(golden("qwen3") + QLatin1Char('/') + QLatin1String(name), to));
            QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner);
        }
        QFile weights(folder.filePath(QStringLiteral("model.safetensors")));
        QVERIFY(weights.open(QIODevice::ReadWrite));
        const QByteArray intact = weights.readAll();
        QByteArray bytes = intact;
        bytes.replace("model.norm.weight", "model.morn.weight");
        weights.seek(0);
        weights.write(bytes);
        weights.flush();
        const CliResult differs = runCli(QStringList{"validate", folder.path(), "--json"} + brief);
        QCOMPARE(differs.code, 3);
        QVERIFY(differs.json()["tensor_issues"].size() == 1);
        // A file that is cut short cannot be compared at all.
        weights.resize(intact.size() - 64);
        weights.close();
        const CliResult damaged = runCli(QStringList{"validate", folder.path()} + brief);
        QCOMPARE(damaged.code, 1);
        QVERIFY(damaged.out.isEmpty());
        QVERIFY(damaged.err.contains("model.safetensors"));
    }

    void refusals() {
        const CliResult encoder = runCli(QStringList{"validate", "bert-base"} + brief);
        QCOMPARE(encoder.code, 1);
        QVERIFY(encoder.err.contains("model_type"));
        QVERIFY(encoder.err.contains("encoder"));
        const CliResult memory =
            runCli(QStringList{"validate", "qwen3-8b", "--memory", "1000"} + brief);
        QCOMPARE(memory.code, 1);
        QVERIFY(memory.err.contains("limit of 1000"));
        const CliResult contexts =
            runCli({"validate", "qwen3-8b", "--no-times", "--contexts", "1,many"});
        QCOMPARE(contexts.code, 2);
        const CliResult edits =
            runCli({"validate", golden("qwen3"), "--set", "hidden_size=64", "--no-times"});
        QCOMPARE(edits.code, 2);
        QVERIFY(edits.err.contains("--shrink"));
    }
};

QTEST_APPLESS_MAIN(TestCliValidate)
#include "tst_cli_validate.moc"
