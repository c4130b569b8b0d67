// SPDX-License-Identifier: GPL-3.0-or-later
// `plot` and `screenshot`: files of the asked size, without a display.
#include "cli_process.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

class TestCliPlot : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    static bool isBlank(const QImage& image) {
        const QRgb first = image.pixel(0, 0);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixel(x, y) != first) {
                    return false;
                }
            }
        }
        return true;
    }

    static QByteArray contents(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void kindsOfTheContract() {
        json kinds = runJson({"plot", "--list"});
        std::string names;
        for (const json& kind : kinds["kinds"]) {
            names += kind["name"].get<std::string>() + " ";
        }
        for (const char* name : {"parameters", "memory", "kv-cache", "kv-layers", "throughput",
                                 "latency", "roofline", "breakdown", "compare"}) {
            QVERIFY2(names.find(name) != std::string::npos, name);
        }
    }

    void imagesOfEveryKind_data() {
        QTest::addColumn<QString>("kind");
        for (const char* name : {"parameters", "memory", "kv-cache", "kv-layers", "throughput",
                                 "latency", "roofline", "breakdown", "compare"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void imagesOfEveryKind() {
        QFETCH(QString, kind);
        const QString path = m_folder.filePath(kind + ".png");
        const CliResult result = runCli({"plot", kind, "--models", "qwen3-8b,llama-3-8b", "--out",
                                         path, "--size", "640x400", "--dpi", "144"});
        QVERIFY2(result.code == 0, result.err.constData());
        QVERIFY(result.out.isEmpty());
        const QImage image(path);
        QCOMPARE(image.size(), QSize(960, 600));
        QVERIFY(!isBlank(image));
    }

    void validations() {
        const QString report = m_folder.filePath("report.json");
        const CliResult run =
            runCli({"validate", "qwen3-30b-a3b", "--json", "--no-times", "--threads", "1",
                    "--contexts", "16,64", "--batches", "1,4", "--parameters", "1"});
        QCOMPARE(run.code, 0);
        QFile file(report);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(run.out);
        file.close();
        const QString csv = m_folder.filePath("kv.csv");
        QCOMPARE(runCli({"plot", "validation-kv", "--reports", report, "--out", csv}).code, 0);
        QFile written(csv);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(written.readAll().contains("measured"));
        const QString png = m_folder.filePath("load.png");
        for (const char* kind : {"validation-experts", "validation-load"}) {
            QCOMPARE(runCli({"plot", QLatin1String(kind), "--reports", report, "--out", png,
                             "--lang", "zh_CN", "--size", "640x400"})
                         .code,
                     0);
            QCOMPARE(QImage(png).size(), QSize(640, 400));
        }
        // Nothing was timed; a layer without experts; no report; none at all.
        QCOMPARE(runCli({"plot", "validation-prefill", "--reports", report, "--out", png}).code, 1);
        QCOMPARE(
            runCli({"plot", "validation-load", "--layer", "77", "--reports", report, "--out", png})
                .code,
            1);
        QCOMPARE(runCli({"plot", "validation-kv", "--reports", csv, "--out", png}).code, 1);
        QCOMPARE(runCli({"plot", "validation-kv", "--out", png}).code, 2);
    }

    void residuals() {
        const QString path = m_folder.filePath("residuals.png");
        QCOMPARE(runCli({"plot", "residuals", "--out", path, "--size", "640x400"}).code, 0);
        QVERIFY(!isBlank(QImage(path)));
        const QString csv = m_folder.filePath("residuals.csv");
        QCOMPARE(
            runCli({"plot", "residuals", "--measurements", "h200x2_tp2_bf16", "--out", csv}).code,
            0);
        QVERIFY(contents(csv).contains("decode"));
        QCOMPARE(runCli({"plot", "residuals", "--measurements", "nothing", "--out", path}).code, 1);
        QCOMPARE(runCli({"plot", "residuals", "--models", "qwen3-8b", "--out", path}).code, 2);
        QCOMPARE(runCli({"plot", "residuals"}).code, 2);
    }

    void vectorsAndNumbers() {
        const QStringList base{"plot", "memory", "--models", "qwen3-8b", "--size", "640x400"};
        const QString svg = m_folder.filePath("memory.svg");
        QCOMPARE(runCli(base + QStringList{"--out", svg}).code, 0);
        QVERIFY(contents(svg).contains("<svg"));
        const QString pdf = m_folder.filePath("memory.pdf");
        QCOMPARE(runCli(base + QStringList{"--out", pdf}).code, 0);
        QVERIFY(contents(pdf).startsWith("%PDF"));
        const QString csv = m_folder.filePath("memory.csv");
        QCOMPARE(runCli(base + QStringList{"--out", csv}).code, 0);
        QVERIFY(contents(csv).count('\n') > 3);
    }

    void themesDiffer() {
        const QStringList base{"plot", "kv-cache", "--models", "qwen3-8b", "--size", "320x200"};
        const QString light = m_folder.filePath("light.png");
        const QString dark = m_folder.filePath("dark.png");
        QCOMPARE(runCli(base + QStringList{"--out", light}).code, 0);
        QCOMPARE(runCli(base + QStringList{"--out", dark, "--theme", "dark"}).code, 0);
        QVERIFY(qGray(QImage(light).pixel(2, 2)) > qGray(QImage(dark).pixel(2, 2)));
    }

    void titlesAndLanguages() {
        const QStringList base{"plot", "kv-cache", "--models", "qwen3-8b"};
        const QString english = m_folder.filePath("english.csv");
        const QString chinese = m_folder.filePath("chinese.csv");
        QCOMPARE(runCli(base + QStringList{"--out", english}).code, 0);
        QCOMPARE(runCli(base + QStringList{"--out", chinese, "--lang", "zh_CN"}).code, 0);
        QVERIFY(contents(english) != contents(chinese));
    }

    void usageAndInput_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("kind") << QStringList{"plot",     "pie",   "--models",
                                             "qwen3-8b", "--out", "x.png"}
                              << 2;
        QTest::newRow("ending") << QStringList{"plot",     "memory", "--models",
                                               "qwen3-8b", "--out",  "x.xyz"}
                                << 2;
        QTest::newRow("no file") << QStringList{"plot", "memory", "--models", "qwen3-8b"} << 2;
        QTest::newRow("no models") << QStringList{"plot", "memory", "--out", "x.png"} << 2;
        QTest::newRow("size") << QStringList{"plot",  "memory", "--models", "qwen3-8b",
                                             "--out", "x.png",  "--size",   "wide"}
                              << 2;
        QTest::newRow("model") << QStringList{"plot",  "memory", "--models",
                                              "qwen9", "--out",  "x.png"}
                               << 1;
        QTest::newRow("folder") << QStringList{"plot",     "memory", "--models",
                                               "qwen3-8b", "--out",  "/nowhere/x.png"}
                                << 1;
        QTest::newRow("page") << QStringList{"screenshot", "--page", "nowhere", "--out", "x.png"}
                              << 1;
    }
    void usageAndInput() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const CliResult result = runCli(arguments);
        QVERIFY2(result.code == code, result.err.constData());
        QVERIFY(!result.err.isEmpty());
    }

    void screenshotsOfEveryPage() {
        const CliResult list = runCli({"screenshot", "--page", "list"});
        QCOMPARE(list.code, 0);
        const QList<QByteArray> pages = list.out.trimmed().split('\n');
        QVERIFY(pages.size() >= 4);
        for (const QByteArray& page : pages) {
            const QString path = m_folder.filePath(QString::fromLatin1(page) + "-page.png");
            const CliResult result =
                runCli({"screenshot", "--page", QString::fromLatin1(page), "--out", path, "--size",
                        "1280x800", "--scale", "1.5"});
            QVERIFY2(result.code == 0, result.err.constData());
            const QImage image(path);
            QCOMPARE(image.size(), QSize(1920, 1200));
            QVERIFY2(!isBlank(image), page.constData());
        }
    }
};

QTEST_APPLESS_MAIN(TestCliPlot)
#include "tst_cli_plot.moc"
