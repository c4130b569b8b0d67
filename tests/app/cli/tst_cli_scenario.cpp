// SPDX-License-Identifier: GPL-3.0-or-later
// Every field of a scenario has its option, its place in the JSON and its range on the command
// line; every figure can be asked for.
#include "cli_process.h"

#include "core/accounting/scenario_fields.h"
#include "core/base/overloaded.h"
#include "core/study/figures.h"

#include <QFile>
#include <QTest>

using namespace headroom;
using nlohmann::json;

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// A value that the field can have, alone, with qwen3-30b-a3b.
json value_of(const ScenarioField& field) {
    return std::visit(Overloaded{
                          [](std::int64_t Workload::*) { return json(70); },
                          [](NumberFormat Formats::*) { return json("fp8"); },
                          [](ParameterGroup) { return json("int8"); },
                          [](std::int64_t Deployment::*) { return json(2); },
                          [](double Deployment::*) { return json(2.5); },
                          [](std::string Deployment::*) { return json("h100"); },
                      },
                      field.member);
}

QString shown(const json& value) {
    return value.is_string() ? QString::fromStdString(value.get<std::string>())
                             : QString::fromStdString(value.dump());
}

/// What a field needs beside it: experts are split over devices that are there.
QStringList beside(const ScenarioField& field) {
    return field.id == "expert_parallel"
               ? QStringList{QStringLiteral("--gpus"), QStringLiteral("2"), QStringLiteral("--tp"),
                             QStringLiteral("2")}
               : QStringList();
}

} // namespace

class TestCliScenario : public QObject {
    Q_OBJECT

private slots:
    void optionsAreInTheHelp() {
        const QByteArray whole = runCli({"analyze", "--help"}).out;
        const QByteArray workload = runCli({"fit", "--help"}).out;
        for (const ScenarioField& field : scenario_fields()) {
            const QByteArray option = "\n  " + text(field.option).toUtf8() + " ";
            QVERIFY2(whole.contains(option), field.id.data());
            QCOMPARE(workload.contains(option), !is_split(field)); // fit finds the split
            QVERIFY2(whole.contains(QByteArray(field.help.data()).left(40).split('\n').first()),
                     field.id.data());
        }
        QVERIFY(whole.contains("fp32 bf16 fp16 fp8 int8 int4"));
    }

    void optionsReachTheJson() {
        for (const ScenarioField& field : scenario_fields()) {
            const json value = value_of(field);
            QList<std::string_view> options{field.option};
            if (!field.short_option.empty()) {
                options.append(field.short_option);
            }
            for (const std::string_view option : std::as_const(options)) {
                const json scenario =
                    runJson(QStringList{"analyze", "qwen3-30b-a3b", text(option), shown(value)} +
                            beside(field))["scenario"];
                if (is_role(field)) {
                    QVERIFY2(scenario["weights_by_role"] == json({{std::string(field.id), value}}),
                             field.id.data());
                }
                if (!is_role(field) || !field.short_option.empty()) {
                    QVERIFY2(scenario[std::string(field.name())] == value, field.id.data());
                }
            }
        }
        const json untouched = runJson({"analyze", "qwen3-30b-a3b"})["scenario"];
        QVERIFY(untouched["price"].is_null());
        QVERIFY(untouched["weights_by_role"].empty());
        QVERIFY(untouched["experts"] == "bf16");
    }

    void rangesAreTold() {
        for (const ScenarioField& field : scenario_fields()) {
            if (field.maximum == 0) {
                continue;
            }
            for (const std::int64_t outside : {field.minimum - 1, field.maximum + 1}) {
                const CliResult result =
                    runCli({"analyze", "qwen3-0.6b", text(field.option), QString::number(outside)});
                QCOMPARE(result.code, 2);
                QVERIFY2(result.err.contains(text(field.option).toUtf8() + ": found \"" +
                                             QByteArray::number(outside) + "\""),
                         result.err.constData());
                // The price, a real number, shows its range in the shortest form.
                const QByteArray range = field.id == "price_per_hour"
                                             ? QByteArray("0 to 1e+09")
                                             : QByteArray::number(field.minimum) + " to " +
                                                   QByteArray::number(field.maximum);
                QVERIFY2(result.err.contains("from " + range), result.err.constData());
            }
        }
    }

    void fieldsAndFiguresAreInTheHelpOfASweep() {
        const QByteArray help = runCli({"sweep", "--help"}).out.simplified();
        QByteArray figureList = "Figures:";
        for (const Figure& figure : figures()) {
            figureList += " " + text(figure.id).toUtf8();
        }
        QVERIFY2(help.endsWith(figureList), help.constData());
        for (const QByteArray& line : runCli({"sweep", "--help"}).out.split('\n')) {
            QVERIFY2(line.size() <= 120, line.constData());
        }
        for (const ScenarioField& field : scenario_fields()) {
            QCOMPARE(help.contains(" " + text(field.name()).toUtf8()), true);
        }
        const CliResult unknown =
            runCli({"sweep", "qwen3-8b", "--vary", "batch=1", "--figure", "nothing"});
        QVERIFY(unknown.err.contains(QByteArray::fromStdString(figure_names())));
    }

    void theManualNamesThem() {
        QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/docs/command-line.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray manual = file.readAll();
        const QByteArray sweep = manual.mid(
            manual.indexOf("## sweep"), manual.indexOf("## search") - manual.indexOf("## sweep"));
        for (const Figure& figure : figures()) {
            QVERIFY2(sweep.contains(QByteArray(figure.id.data())), figure.id.data());
        }
        for (const ScenarioField& field : scenario_fields()) {
            const bool role = is_role(field) && field.short_option.empty();
            const QByteArray name = text(field.name()).toUtf8();
            const QByteArray shown = role ? name.mid(QByteArray("weights-").size()) : "--" + name;
            QVERIFY2(manual.contains(shown), field.id.data());
            if (!role && field.id != "device") {
                QVERIFY2(sweep.contains(name), field.id.data());
            }
        }
    }

    void everyFigureIsSwept() {
        QString names;
        for (const Figure& figure : figures()) {
            names += (names.isEmpty() ? "" : ",") + text(figure.id);
        }
        const json row = runJson(
            {"sweep", "qwen3-0.6b", "--vary", "experts=bf16", "--figure", names})["rows"][0];
        QCOMPARE(row.size(), figures().size() + 1);
        const json one = runJson({"analyze", "qwen3-0.6b"});
        QVERIFY(row["fits"] == one["memory"]["fits"]);
        QVERIFY(row["kv_bytes_read_per_decode_step"] ==
                one["kv_cache"]["bytes_read_per_decode_step"]);
        QVERIFY(row["tokens_per_second_per_user"] ==
                one["throughput"]["tokens_per_second_per_user"]);
    }
};

QTEST_APPLESS_MAIN(TestCliScenario)
#include "tst_cli_scenario.moc"
