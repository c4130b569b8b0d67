// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "app/json_reader.h"
#include "core/accounting/scenario_fields.h"
#include "core/base/overloaded.h"
#include "core/config/config_io.h"
#include "widgets/format/contexts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>
#include <utility>

namespace headroom::ui {

namespace {

constexpr qint64 largest_file = 16 * 1024 * 1024;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// What the window says, as the message of an error.
Sentence said(const QString& text) {
    return Sentence::verbatim(text.toStdString());
}

QJsonObject write(const Design& design) {
    const std::string config = write_config(design.config);
    return {{QStringLiteral("name"), text(design.name)},
            {QStringLiteral("preset"), text(design.preset)},
            {QStringLiteral("config"),
             QJsonDocument::fromJson(QByteArray::fromStdString(config)).object()}};
}

/// undefined for what is not given.
QJsonValue toJson(const FieldValue& value) {
    if (const auto* count = std::get_if<std::int64_t>(&value)) {
        return qint64{*count};
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return *real;
    }
    if (const auto* name = std::get_if<std::string>(&value)) {
        return text(*name);
    }
    return QJsonValue::Undefined;
}

QJsonObject write(const Scenario& scenario) {
    QJsonObject object;
    for (const ScenarioPart part :
         {ScenarioPart::Workload, ScenarioPart::Formats, ScenarioPart::Deployment}) {
        QJsonObject fields;
        for (const ScenarioField& field : scenario_fields()) {
            if (part_of(field) == part) {
                fields.insert(text(field.id), toJson(scenario_value(scenario, field)));
            }
        }
        object.insert(text(to_string(part)), fields);
    }
    return object;
}

QJsonObject write(const Study& study) {
    QJsonObject object = write(study.scenario);
    QJsonArray designs;
    for (const Design& design : study.designs) {
        designs.append(write(design));
    }
    object.insert(QStringLiteral("designs"), designs);
    return object;
}

Design readDesign(JsonReader reader, const std::string& file, const std::string& path) {
    Design design;
    design.name = reader.string("name").toStdString();
    design.preset = reader.has("preset") ? reader.string("preset").toStdString() : std::string();
    const QJsonObject config = reader.object("config").raw();
    if (reader.failed()) {
        return design;
    }
    auto parsed = parse_config(QJsonDocument(config).toJson().toStdString());
    if (!parsed) {
        Error error = parsed.error();
        error.file = file;
        error.path = path + ".config" + (error.path.empty() ? "" : "." + error.path);
        reader.fail(error);
        return design;
    }
    design.config = std::move(*parsed);
    return design;
}

NumberFormat readFormat(JsonReader& reader, const char* key) {
    const QString name = reader.string(key);
    const auto format = number_format_from(name.toStdString());
    if (!format) {
        reader.fail(key, describeJson(name), text(number_format_names(", ")));
    }
    return format.value_or(NumberFormat::Bf16);
}

/// Reads the field from its part; what the part may lack and lacks stays as it is.
void readField(JsonReader& reader, const ScenarioField& field, Scenario& scenario) {
    const std::string id(field.id);
    const char* key = id.c_str();
    if (field.may_lack && !reader.has(key)) {
        return;
    }
    std::visit(
        Overloaded{
            [&](std::int64_t Workload::*member) {
                scenario.workload.*member = reader.integer(key, field.minimum, field.maximum);
            },
            [&](NumberFormat Formats::*member) {
                scenario.formats.*member = readFormat(reader, key);
            },
            [&](ParameterGroup group) { scenario.formats.role(group) = readFormat(reader, key); },
            [&](std::int64_t Deployment::*member) {
                scenario.deployment.*member = reader.integer(key, field.minimum, field.maximum);
            },
            [&](double Deployment::*member) {
                scenario.deployment.*member = reader.number(key, field.minimum, field.maximum);
            },
            [&](std::string Deployment::*member) {
                scenario.deployment.*member = reader.string(key).toStdString();
            },
        },
        field.member);
}

Scenario readScenario(JsonReader& reader) {
    Scenario scenario;
    for (const ScenarioPart part :
         {ScenarioPart::Workload, ScenarioPart::Formats, ScenarioPart::Deployment}) {
        JsonReader fields = reader.object(std::string(to_string(part)).c_str());
        for (const ScenarioField& field : scenario_fields()) {
            if (part_of(field) == part) {
                readField(fields, field, scenario);
            }
        }
    }
    return scenario;
}

Study readStudy(JsonReader reader, const std::string& file, const std::string& path) {
    Study study;
    study.scenario = readScenario(reader);
    const QJsonArray designs = reader.array("designs");
    if (designs.isEmpty() || designs.size() > static_cast<qsizetype>(max_designs)) {
        reader.fail("designs", SessionWords::tr("a list of %1").arg(designs.size()),
                    SessionWords::tr("1 to 4 designs"));
        return study;
    }
    for (qsizetype i = 0; i < designs.size() && !reader.failed(); ++i) {
        study.designs.push_back(readDesign(reader.element("designs", designs, i), file,
                                           path + ".designs[" + std::to_string(i) + "]"));
    }
    return study;
}

Session readSession(JsonReader& reader, const std::string& file) {
    Session session;
    session.state.study = readStudy(reader.object("study"), file, "study");
    if (reader.has("reference")) {
        session.state.reference = readStudy(reader.object("reference"), file, "reference");
        if (!reader.failed() &&
            session.state.reference->designs.size() != session.state.study.designs.size()) {
            reader.fail("reference.designs",
                        QString::number(session.state.reference->designs.size()),
                        SessionWords::tr("as many designs as the study has"));
        }
    }
    session.state.pinned = reader.boolean("pinned", false);
    const auto designs = static_cast<std::int64_t>(session.state.study.designs.size());
    session.state.selected =
        static_cast<int>(reader.integer("selected", 0, std::max<std::int64_t>(0, designs - 1)));
    session.page = reader.has("page") ? reader.string("page") : QString();
    session.views = reader.has("views") ? reader.object("views").raw() : QJsonObject();
    session.file = reader.has("file") ? reader.string("file") : QString();
    session.modified = reader.boolean("modified", false);
    return session;
}

} // namespace

QByteArray writeSession(const Session& session) {
    QJsonObject root{{QStringLiteral("headroom_session"), session_version},
                     {QStringLiteral("study"), write(session.state.study)},
                     {QStringLiteral("pinned"), session.state.pinned},
                     {QStringLiteral("selected"), session.state.selected},
                     {QStringLiteral("page"), session.page},
                     {QStringLiteral("views"), session.views}};
    if (session.state.reference) {
        root.insert(QStringLiteral("reference"), write(*session.state.reference));
    }
    if (!session.file.isEmpty()) {
        root.insert(QStringLiteral("file"), session.file);
        root.insert(QStringLiteral("modified"), session.modified);
    }
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

Result<Session> parseSession(const QByteArray& json, const QString& source) {
    const std::string file = source.toStdString();
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError) {
        return Error{file,
                     {},
                     said(SessionWords::tr("not JSON: %1 at byte %2 of %3")
                              .arg(problem.errorString())
                              .arg(problem.offset)
                              .arg(json.size()))};
    }
    JsonReader reader(document.object(), source);
    // Version first: a session of a later program should say so, not fail on some new field.
    static_cast<void>(reader.integer("headroom_session", session_version, session_version));
    if (reader.failed()) {
        return reader.error();
    }
    Session session = readSession(reader, file);
    if (reader.failed()) {
        return reader.error();
    }
    return session;
}

bool looksLikeSession(const QByteArray& json) {
    return QJsonDocument::fromJson(json).object().contains(QLatin1String("headroom_session"));
}

Result<QByteArray> readFile(const QString& path) {
    const std::string name = QDir::toNativeSeparators(path).toStdString();
    const QFileInfo info(path);
    if (!info.exists()) {
        return Error{name, {}, said(SessionWords::tr("there is no such file"))};
    }
    if (info.isDir()) {
        return Error{name, {}, said(SessionWords::tr("found a folder, expected a file"))};
    }
    if (info.size() > largest_file) {
        return Error{name,
                     {},
                     said(SessionWords::tr("found %1 bytes, expected at most %2")
                              .arg(info.size())
                              .arg(largest_file))};
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{name, {}, said(file.errorString())};
    }
    return file.readAll();
}

Status writeFile(const QString& path, const QByteArray& contents) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size() ||
        !file.commit()) {
        return Error{QDir::toNativeSeparators(path).toStdString(), {}, said(file.errorString())};
    }
    return std::monostate{};
}

Status saveSession(const Session& session, const QString& path) {
    return writeFile(path, writeSession(session));
}

Result<Session> loadSession(const QString& path) {
    const auto contents = readFile(path);
    if (!contents) {
        return contents.error();
    }
    return parseSession(*contents, QDir::toNativeSeparators(path));
}

} // namespace headroom::ui
