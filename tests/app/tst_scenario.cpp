// SPDX-License-Identifier: GPL-3.0-or-later
// Every row of the tables of scenario fields, figures and pages reaches what it is for: the session
// file, the undo menu, the workload bar, the words of both languages.
#include "app/language.h"
#include "app/session.h"
#include "core/accounting/scenario_fields.h"
#include "core/base/overloaded.h"
#include "core/study/figures.h"
#include "widgets/bars/headline_bar.h"
#include "widgets/bars/number_field.h"
#include "widgets/bars/workload_bar.h"
#include "widgets/pages/deployment_panel.h"
#include "widgets/words/figure_text.h"
#include "widgets/words/scenario_text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace headroom;
using namespace headroom::ui;

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// A valid value that is not the default session's.
std::string other_value(const ScenarioField& field) {
    return std::visit(Overloaded{
                          [](std::int64_t Workload::*) { return "7"; },
                          [](NumberFormat Formats::*) { return "int8"; },
                          [](ParameterGroup) { return "int8"; },
                          [](std::int64_t Deployment::*) { return "2"; },
                          [](double Deployment::*) { return "3.5"; },
                          [](std::string Deployment::*) { return "h100"; },
                      },
                      field.member);
}

Scenario with(const ScenarioField& field, const std::string& value) {
    Scenario scenario = default_study().scenario;
    if (!set_scenario_value(scenario, field, value)) {
        qFatal("%s refuses %s", field.id.data(), value.c_str());
    }
    return scenario;
}

/// The default session with one member of its scenario replaced; undefined takes it out.
Result<Session> edited(const ScenarioField& field, const QJsonValue& value) {
    Session session;
    session.state = defaultState();
    session.state.reference.reset();
    QJsonObject root = QJsonDocument::fromJson(writeSession(session)).object();
    QJsonObject study = root[QStringLiteral("study")].toObject();
    const QString part = text(to_string(part_of(field)));
    QJsonObject fields = study[part].toObject();
    fields.insert(text(field.id), value);
    study.insert(part, fields);
    root.insert(QStringLiteral("study"), study);
    return parseSession(QJsonDocument(root).toJson(), QStringLiteral("a.headroom"));
}

} // namespace

class ScenarioTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { applyLanguage(QStringLiteral("en")); }
    void reachesTheSession();
    void sessionsRefuseWhatIsOutside();
    void sessionsMayLackWhatIsLater();
    void reachesTheUndoMenu();
    void reachesTheBar();
    void barTakesTheWholeRange();
    void rolesAreToldByTheBar();
    void priceIsOnThePanel();
    void wordsInBothLanguages();
};

void ScenarioTest::reachesTheSession() {
    for (const ScenarioField& field : scenario_fields()) {
        Session session;
        session.state = defaultState();
        session.state.study.scenario = with(field, other_value(field));
        const QByteArray written = writeSession(session);
        const QJsonValue member = QJsonDocument::fromJson(written)
                                      .object()[QStringLiteral("study")]
                                      .toObject()[text(to_string(part_of(field)))]
                                      .toObject()[text(field.id)];
        QCOMPARE(member.toVariant().toString(), QString::fromStdString(other_value(field)));
        const auto read = parseSession(written, {});
        QVERIFY2(read, field.id.data());
        QCOMPARE(read->state.study.scenario, session.state.study.scenario);
    }
}

void ScenarioTest::sessionsRefuseWhatIsOutside() {
    for (const ScenarioField& field : scenario_fields()) {
        QJsonArray refused{QJsonArray(), true};
        if (field.maximum > 0) {
            refused.append(qint64{field.minimum - 1});
            refused.append(qint64{field.maximum + 1});
            QVERIFY2(edited(field, qint64{field.maximum}), field.id.data());
        } else if (field.id != "device") {
            refused.append(QStringLiteral("fp7"));
        }
        for (const QJsonValue& value : std::as_const(refused)) {
            const auto session = edited(field, value);
            QVERIFY2(!session, field.id.data());
            QCOMPARE(session.error().file, std::string("a.headroom"));
            QCOMPARE(session.error().path, "study." + std::string(to_string(part_of(field))) + "." +
                                               std::string(field.id));
            if (value.isDouble()) {
                const std::string range =
                    std::to_string(field.minimum) + " to " + std::to_string(field.maximum);
                const std::string said = english(session.error().message);
                QVERIFY2(said.ends_with(range), said.c_str());
            }
        }
    }
}

/// Sessions of the program's first form have these, and no others, in every file.
void ScenarioTest::sessionsMayLackWhatIsLater() {
    const QStringList always{QStringLiteral("batch"),           QStringLiteral("prompt"),
                             QStringLiteral("output"),          QStringLiteral("context"),
                             QStringLiteral("weights"),         QStringLiteral("kv"),
                             QStringLiteral("device"),          QStringLiteral("devices"),
                             QStringLiteral("tensor_parallel"), QStringLiteral("pipeline_parallel"),
                             QStringLiteral("expert_parallel")};
    for (const ScenarioField& field : scenario_fields()) {
        const auto session = edited(field, QJsonValue::Undefined);
        QCOMPARE(session.has_value(), !always.contains(text(field.id)));
        if (session) {
            QCOMPARE(session->state.study.scenario, default_study().scenario);
        }
    }
}

void ScenarioTest::reachesTheUndoMenu() {
    for (const ScenarioField& field : scenario_fields()) {
        Document document;
        const Scenario before = document.study().scenario;
        document.setScenario(before, false);
        QCOMPARE(document.undoStack().count(), 0); // nothing was changed
        document.setScenario(with(field, other_value(field)), false);
        QCOMPARE(document.undoLabel(),
                 QStringLiteral("Set %1 to %2")
                     .arg(text(field.id), QString::fromStdString(other_value(field))));
        document.undoStack().undo();
        QCOMPARE(document.study().scenario, before);
    }
    Document document;
    Scenario two = document.study().scenario;
    two.workload.batch = 7;
    two.workload.context = 7;
    document.setScenario(two, false);
    QCOMPARE(document.undoLabel(), QStringLiteral("Change the workload"));
    two.formats.weights = NumberFormat::Bf16;
    two.formats.role(ParameterGroup::Experts) = NumberFormat::Int4;
    document.setScenario(two, false);
    QCOMPARE(document.undoLabel(), QStringLiteral("Change the number formats"));
    two.deployment = {"h100", 4, 2, 1, 2};
    document.setScenario(two, false);
    QCOMPARE(document.undoLabel(), QStringLiteral("Change the deployment"));
}

void ScenarioTest::reachesTheBar() {
    WorkloadBar bar;
    for (const ScenarioField& field : scenario_fields()) {
        const bool elsewhere = is_role(field) || field.id == "price_per_hour";
        auto* control = bar.findChild<QWidget*>(text(field.id));
        QCOMPARE(control == nullptr, elsewhere);
        if (elsewhere) {
            continue;
        }
        bar.setScenario(default_study().scenario);
        bar.setScenario(with(field, other_value(field)));
        QVERIFY2(!control->accessibleName().isEmpty(), field.id.data());
        QCOMPARE(control->toolTip(), scenarioHint(field.id));
        if (auto* number = qobject_cast<NumberField*>(control)) {
            QCOMPARE(std::to_string(number->value()), other_value(field));
        } else if (field.id == "device") {
            QCOMPARE(qobject_cast<QComboBox*>(control)->currentData().toString(),
                     QStringLiteral("h100"));
        } else {
            QCOMPARE(qobject_cast<QComboBox*>(control)->currentText(), QStringLiteral("int8"));
        }
    }
}

void ScenarioTest::barTakesTheWholeRange() {
    WorkloadBar bar;
    QSignalSpy spy(&bar, &WorkloadBar::scenarioEdited);
    for (const ScenarioField& field : scenario_fields()) {
        auto* number = bar.findChild<NumberField*>(text(field.id));
        if (number == nullptr) {
            continue;
        }
        for (const std::int64_t value : {field.maximum, field.minimum}) {
            Scenario before = default_study().scenario;
            if (*scenario_count(before, field) == value) {
                continue; // nothing to change
            }
            bar.setScenario(before);
            number->selectAll();
            QTest::keyClicks(number, QString::number(value));
            QTest::keyClick(number, Qt::Key_Return);
            QCOMPARE(number->value(), value);
            auto scenario = spy.takeLast()[0].value<Scenario>();
            QCOMPARE(*scenario_count(scenario, field), value);
            const auto changed = changed_fields(scenario, default_study().scenario);
            QVERIFY(changed.size() == 1 && changed.front() == &field);
        }
        // Beyond the range the nearest valid value is taken.
        number->selectAll();
        QTest::keyClicks(number, QString::number(field.maximum + 1));
        QTest::keyClick(number, Qt::Key_Return);
        QCOMPARE(number->value(), field.maximum);
    }
}

void ScenarioTest::rolesAreToldByTheBar() {
    WorkloadBar bar;
    auto* weights = bar.findChild<QComboBox*>(QStringLiteral("weights"));
    for (const ScenarioField& field : scenario_fields()) {
        if (is_role(field)) {
            bar.setScenario(with(field, "int8"));
            QVERIFY2(
                weights->toolTip().contains(scenarioLabel(field.id) + QStringLiteral(": int8")),
                field.id.data());
        }
    }
    bar.setScenario(with(*find_scenario_field("experts"), "int4"));
    QCOMPARE(weights->currentText(), QStringLiteral("fp8/int4"));
}

void ScenarioTest::priceIsOnThePanel() {
    const ScenarioField& field = *find_scenario_field("price_per_hour");
    DeploymentPanel panel;
    const auto boxes = panel.findChildren<QDoubleSpinBox*>();
    const auto price = std::find_if(boxes.begin(), boxes.end(), [&](const QDoubleSpinBox* box) {
        return box->accessibleName() == scenarioLabel(field.id);
    });
    QVERIFY(price != boxes.end());
    QCOMPARE((*price)->minimum(), static_cast<double>(field.minimum));
    QCOMPARE((*price)->maximum(), static_cast<double>(field.maximum));
    QCOMPARE((*price)->toolTip(), scenarioHint(field.id));
}

void ScenarioTest::wordsInBothLanguages() {
    static const QRegularExpression chinese(QStringLiteral("\\p{Han}"));
    static const QRegularExpression abbreviation(QStringLiteral("\\A[A-Z]{2}\\z")); // TP, KV
    const auto words = [] {
        QMap<QString, QString> all;
        for (const ScenarioField& field : scenario_fields()) {
            all[text(field.id) + QStringLiteral(" label")] = scenarioLabel(field.id);
            all[text(field.id) + QStringLiteral(" hint")] = scenarioHint(field.id);
        }
        for (const Figure& figure : figures()) {
            all[text(figure.id) + QStringLiteral(" label")] = figureLabel(figure.id);
            all[text(figure.id) + QStringLiteral(" title")] = figureTitle(figure.id);
        }
        return all;
    };
    applyLanguage(QStringLiteral("en"));
    const auto english = words();
    applyLanguage(QStringLiteral("zh_CN"));
    const auto translated = words();
    for (auto it = english.begin(); it != english.end(); ++it) {
        QVERIFY2(!it.value().isEmpty() && !it.value().contains(QLatin1Char('_')),
                 qPrintable(it.key()));
        QVERIFY2(chinese.match(translated[it.key()]).hasMatch() ||
                     abbreviation.match(it.value()).hasMatch(),
                 qPrintable(it.key()));
    }
    QVERIFY(scenarioLabel("no such field").isEmpty());
    QCOMPARE(headlineFigures().size(), 7);
}

QTEST_MAIN(ScenarioTest)
#include "tst_scenario.moc"
