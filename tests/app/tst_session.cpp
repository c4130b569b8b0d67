// SPDX-License-Identifier: GPL-3.0-or-later
// Session files: what is written comes back; what is broken is refused by file and field.
#include "app/autosave.h"
#include "app/session.h"
#include "core/presets/presets.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

using namespace headroom;
using namespace headroom::ui;

namespace {

Session rich() {
    Session session;
    session.state = defaultState();
    for (const char* id : {"gemma-3-27b", "gpt-2-small"}) {
        const ModelPreset* preset = find_model_preset(id);
        if (preset != nullptr) {
            session.state.study.designs.push_back(Design{preset->name, preset->id, preset->config});
        }
    }
    session.state.reference = session.state.study;
    session.state.study.designs[0].name = "edited \"name\"";
    session.state.study.designs[1].config.kv_lora_rank = 256;
    // A design that cannot exist must be kept as well: an edit may stand half-way.
    session.state.study.designs[0].config.num_key_value_heads = 7;
    session.state.study.scenario.workload.batch = 3;
    session.state.study.scenario.formats.role(ParameterGroup::Experts) = NumberFormat::Int4;
    session.state.study.scenario.deployment.device = "h100";
    session.state.study.scenario.deployment.price_per_hour = 2.75;
    session.state.pinned = true;
    session.state.selected = 2;
    session.page = QStringLiteral("memory");
    session.views.insert(QStringLiteral("memory"),
                         QJsonObject{{QStringLiteral("hidden"), QStringLiteral("a")}});
    return session;
}

QByteArray with(const QByteArray& json, const QStringList& path, const QJsonValue& value) {
    QJsonObject root = QJsonDocument::fromJson(json).object();
    std::vector<QJsonObject> chain{root};
    for (qsizetype i = 0; i + 1 < path.size(); ++i) {
        chain.push_back(chain.back().value(path[i]).toObject());
    }
    chain.back().insert(path.back(), value);
    for (std::size_t i = chain.size() - 1; i > 0; --i) {
        chain[i - 1].insert(path[static_cast<qsizetype>(i) - 1], chain[i]);
    }
    return QJsonDocument(chain.front()).toJson();
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT

private slots:
    void roundTrip();
    void everyPresetSurvives();
    void savesAndLoads();
    void refuses_data();
    void refuses();
    void truncatedAtEveryByte();
    void missingFileAndFolder();
    void restoresAfterClosing();
    void restoresAfterCrash();
    void keepsAnUnreadableSession();
    void secondProgramTakesAnotherPlace();
};

void TestSession::roundTrip() {
    const Session session = rich();
    const auto read = parseSession(writeSession(session), QStringLiteral("a.headroom"));
    QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
    QVERIFY(read->state == session.state);
    QCOMPARE(read->page, session.page);
    QCOMPARE(read->views, session.views);
}

void TestSession::everyPresetSurvives() {
    QVERIFY(!model_presets().empty());
    for (const ModelPreset& preset : model_presets()) {
        Session session;
        session.state = defaultState();
        session.state.study.designs = {Design{preset.name, preset.id, preset.config}};
        session.state.reference.reset();
        const auto read = parseSession(writeSession(session), {});
        QVERIFY2(read.has_value(), preset.id.c_str());
        QVERIFY2(read->state == session.state, preset.id.c_str());
    }
}

void TestSession::savesAndLoads() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.headroom"));
    const Session session = rich();
    QVERIFY(saveSession(session, path).has_value());
    const auto read = loadSession(path);
    QVERIFY(read.has_value());
    QVERIFY(read->state == session.state);
    const Status failed =
        saveSession(session, folder.filePath(QStringLiteral("missing/folder/a.headroom")));
    QVERIFY(!failed.has_value());
    QVERIFY(!failed.error().message.empty());
}

void TestSession::refuses_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    const QByteArray good = writeSession(rich());
    const auto row = [&](const char* name, const QStringList& path, const QJsonValue& value,
                         const char* expected) {
        QTest::newRow(name) << with(good, path, value) << QString::fromLatin1(expected);
    };
    const QString study = QStringLiteral("study");
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("garbage") << QByteArray("\x01\x02 not json") << QString();
    QTest::newRow("list") << QByteArray("[]") << QStringLiteral("headroom_session");
    row("later version", {QStringLiteral("headroom_session")}, 99, "headroom_session");
    row("study is a number", {study}, 3, "study");
    row("no designs", {study, QStringLiteral("designs")}, QJsonArray(), "study.designs");
    row("design is text", {study, QStringLiteral("designs")}, QJsonArray{QStringLiteral("x")},
        "study.designs[0]");
    row("batch is text", {study, QStringLiteral("workload"), QStringLiteral("batch")},
        QStringLiteral("many"), "study.workload.batch");
    row("batch is zero", {study, QStringLiteral("workload"), QStringLiteral("batch")}, 0,
        "study.workload.batch");
    row("context is huge", {study, QStringLiteral("workload"), QStringLiteral("context")}, 1e18,
        "study.workload.context");
    row("batch is half", {study, QStringLiteral("workload"), QStringLiteral("batch")}, 0.5,
        "study.workload.batch");
    row("format unknown", {study, QStringLiteral("formats"), QStringLiteral("kv")},
        QStringLiteral("fp7"), "study.formats.kv");
    row("pinned is a number", {QStringLiteral("pinned")}, 1, "pinned");
    row("selected is out of range", {QStringLiteral("selected")}, 9, "selected");
    QJsonObject design = QJsonDocument::fromJson(good)
                             .object()
                             .value(study)
                             .toObject()
                             .value(QStringLiteral("designs"))
                             .toArray()
                             .at(0)
                             .toObject();
    QJsonObject config = design.value(QStringLiteral("config")).toObject();
    config.insert(QStringLiteral("hidden_size"), QStringLiteral("wide"));
    design.insert(QStringLiteral("config"), config);
    row("hidden_size is text", {study, QStringLiteral("designs")}, QJsonArray{design},
        "study.designs[0].config.hidden_size");
}

void TestSession::refuses() {
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    const auto read = parseSession(json, QStringLiteral("bad.headroom"));
    QVERIFY(!read.has_value());
    QCOMPARE(QString::fromStdString(read.error().file), QStringLiteral("bad.headroom"));
    QCOMPARE(QString::fromStdString(read.error().path), path);
    QVERIFY(!read.error().message.empty());
}

void TestSession::truncatedAtEveryByte() {
    const QByteArray good = writeSession(rich()).trimmed();
    for (qsizetype length = 0; length < good.size(); length += 7) {
        QVERIFY(!parseSession(good.left(length), QStringLiteral("cut")).has_value());
    }
}

void TestSession::missingFileAndFolder() {
    const QTemporaryDir folder;
    const auto missing = loadSession(folder.filePath(QStringLiteral("none.headroom")));
    QVERIFY(!missing.has_value());
    QVERIFY(missing.error().file.find("none.headroom") != std::string::npos);
    QVERIFY(!loadSession(folder.path()).has_value());
}

void TestSession::restoresAfterClosing() {
    const QTemporaryDir folder;
    {
        Autosave autosave(folder.path());
        QVERIFY(autosave.isActive());
        QVERIFY(!autosave.restore().has_value());
        QVERIFY(autosave.save(rich()));
        autosave.close();
    }
    Autosave again(folder.path());
    const auto restored = again.restore();
    QVERIFY(restored.has_value());
    QVERIFY(!restored->crashed);
    QVERIFY(restored->session.state == rich().state);
}

void TestSession::restoresAfterCrash() {
    const QTemporaryDir folder;
    {
        Autosave autosave(folder.path());
        QVERIFY(autosave.save(rich()));
        // No close(): as when the process dies.
    }
    Autosave again(folder.path());
    const auto restored = again.restore();
    QVERIFY(restored.has_value());
    QVERIFY(restored->crashed);
    QVERIFY(restored->session.state == rich().state);
}

void TestSession::keepsAnUnreadableSession() {
    const QTemporaryDir folder;
    QString path;
    {
        Autosave autosave(folder.path());
        path = autosave.sessionFile();
        QVERIFY(writeFile(path, "{\"headroom_session\": 1, \"stu").has_value());
        autosave.close();
    }
    Autosave again(folder.path());
    QVERIFY(!again.restore().has_value());
    QVERIFY(again.error().contains(QStringLiteral("session-0")));
    QVERIFY(!QFile::exists(path));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("session-0.unreadable.json"))));
}

void TestSession::secondProgramTakesAnotherPlace() {
    const QTemporaryDir folder;
    Autosave first(folder.path());
    Autosave second(folder.path());
    QVERIFY(first.isActive() && second.isActive());
    QVERIFY(first.sessionFile() != second.sessionFile());
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
