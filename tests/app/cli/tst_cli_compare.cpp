// SPDX-License-Identifier: GPL-3.0-or-later
// `compare`: which fields differ, and the three kinds of tables.
#include "cli_process.h"

#include <QTest>

using nlohmann::json;

class TestCliCompare : public QObject {
    Q_OBJECT

private slots:
    void differencesAreFlagged() {
        json object = runJson({"compare", "qwen3-8b", "qwen3-4b"});
        QCOMPARE(object["models"].size(), std::size_t{2});
        QVERIFY(object["models"][0] == runJson({"analyze", "qwen3-8b"}));
        bool sawHidden = false;
        bool sawVocabulary = false;
        for (const json& row : object["fields"]) {
            QCOMPARE(row["values"].size(), std::size_t{2});
            QCOMPARE(row["differs"].get<bool>(), row["values"][0] != row["values"][1]);
            if (row["field"] == "hidden_size") {
                sawHidden = true;
                QVERIFY(row["differs"].get<bool>());
                QVERIFY(row["values"] == json({4096, 2560}));
            } else if (row["field"] == "vocab_size") {
                sawVocabulary = true;
                QVERIFY(!row["differs"].get<bool>());
            }
        }
        QVERIFY(sawHidden);
        QVERIFY(sawVocabulary);
    }

    void threeDesigns() {
        json object = runJson({"compare", "qwen3-235b-a22b", "deepseek-v3", "kimi-k2"});
        QCOMPARE(object["models"].size(), std::size_t{3});
        for (const json& row : object["fields"]) {
            QCOMPARE(row["values"].size(), std::size_t{3});
        }
    }

    void markdown() {
        const CliResult result = runCli({"compare", "qwen3-8b", "llama-3-8b", "--markdown"});
        QCOMPARE(result.code, 0);
        const QList<QByteArray> lines = result.out.trimmed().split('\n');
        QCOMPARE(lines[0], QByteArray("| | Qwen3-8B | Llama-3-8B |"));
        QCOMPARE(lines[1], QByteArray("|---|---|---|"));
        for (const QByteArray& line : lines) {
            QCOMPARE(QByteArray(line).replace("\\|", "").count('|'), 4);
        }
    }

    void csv() {
        const CliResult result = runCli({"compare", "qwen3-8b", "llama-3-8b", "--csv"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.startsWith("part,name,differs,Qwen3-8B,Llama-3-8B\n"));
        QVERIFY(result.out.contains("field,vocab_size,true,151936,128256\n"));
        QVERIFY(result.out.contains("figure,parameters_total,true,8190735360,8030261248\n"));
    }

    void onlyDifferences() {
        const CliResult result =
            runCli({"compare", "qwen3-8b", "qwen3-8b", "--csv", "--differences"});
        QCOMPARE(result.out, QByteArray("part,name,differs,Qwen3-8B,Qwen3-8B\n"));
    }

    void oneDesignIsAUsageError() { QCOMPARE(runCli({"compare", "qwen3-8b"}).code, 2); }
    void twoFormatsAreAUsageError() {
        QCOMPARE(runCli({"compare", "qwen3-8b", "qwen3-4b", "--csv", "--markdown"}).code, 2);
    }
};

QTEST_APPLESS_MAIN(TestCliCompare)
#include "tst_cli_compare.moc"
