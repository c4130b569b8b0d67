// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "app/json_reader.h"
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
constexpr std::int64_t largest_tokens = std::int64_t{1} << 30;
constexpr std::int64_t largest_devices = 1 << 16;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonObject write(const Design& design) {
    const std::string config = write_config(design.config);
    return {{QStringLiteral("name"), text(design.name)},
            {QStringLiteral("preset"), text(design.preset)},
            {QStringLiteral("config"),
             QJsonDocument::fromJson(QByteArray::fromStdString(config)).object()}};
}

QJsonObject write(const Scenario& scenario) {
    const Workload& workload = scenario.workload;
    const Formats& formats = scenario.formats;
    const Deployment& deployment = scenario.deployment;
    QJsonObject formatsObject{{QStringLiteral("weights"), text(to_string(formats.weights))},
                              {QStringLiteral("kv"), text(to_string(formats.kv))}};
    for (std::size_t i = 0; i < parameter_group_count; ++i) {
        if (formats.roles[i]) {
            formatsObject.insert(text(to_string(static_cast<ParameterGroup>(i))),
                                 text(to_string(*formats.roles[i])));
        }
    }
    return {
        {QStringLiteral("workload"),
         QJsonObject{{QStringLiteral("batch"), qint64{workload.batch}},
                     {QStringLiteral("prompt"), qint64{workload.prompt}},
                     {QStringLiteral("output"), qint64{workload.output}},
                     {QStringLiteral("context"), qint64{workload.context}}}},
        {QStringLiteral("formats"), formatsObject},
        {QStringLiteral("deployment"),
         QJsonObject{{QStringLiteral("device"), text(deployment.device)},
                     {QStringLiteral("devices"), qint64{deployment.devices}},
                     {QStringLiteral("tensor_parallel"), qint64{deployment.tensor_parallel}},
                     {QStringLiteral("pipeline_parallel"), qint64{deployment.pipeline_parallel}},
                     {QStringLiteral("expert_parallel"), qint64{deployment.expert_parallel}},
                     {QStringLiteral("price_per_hour"), deployment.price_per_hour}}}};
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
        reader.fail(key, describeJson(name), QStringLiteral("fp32, bf16, fp16, fp8, int8, int4"));
    }
    return format.value_or(NumberFormat::Bf16);
}

Scenario readScenario(JsonReader& reader) {
    Scenario scenario;
    JsonReader workload = reader.object("workload");
    scenario.workload.batch = workload.integer("batch", 1, largest_tokens);
    scenario.workload.prompt = workload.integer("prompt", 1, largest_tokens);
    scenario.workload.output = workload.integer("output", 1, largest_tokens);
    scenario.workload.context = workload.integer("context", 1, largest_tokens);
    JsonReader formats = reader.object("formats");
    scenario.formats.weights = readFormat(formats, "weights");
    scenario.formats.kv = readFormat(formats, "kv");
    for (std::size_t i = 0; i < parameter_group_count; ++i) {
        const std::string role(to_string(static_cast<ParameterGroup>(i)));
        if (formats.has(role.c_str())) {
            scenario.formats.roles[i] = readFormat(formats, role.c_str());
        }
    }
    JsonReader deployment = reader.object("deployment");
    scenario.deployment.device = deployment.string("device").toStdString();
    scenario.deployment.devices = deployment.integer("devices", 1, largest_devices);
    scenario.deployment.tensor_parallel = deployment.integer("tensor_parallel", 1, largest_devices);
    scenario.deployment.pipeline_parallel =
        deployment.integer("pipeline_parallel", 1, largest_devices);
    scenario.deployment.expert_parallel = deployment.integer("expert_parallel", 1, largest_devices);
    const QJsonValue price = deployment.raw().value(QLatin1String("price_per_hour"));
    if (!price.isUndefined() && (!price.isDouble() || !(price.toDouble() >= 0.0))) {
        deployment.fail("price_per_hour", describeJson(price), QStringLiteral("a number from 0"));
    }
    scenario.deployment.price_per_hour = price.toDouble();
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
                     SessionWords::tr("not JSON: %1 at byte %2 of %3")
                         .arg(problem.errorString())
                         .arg(problem.offset)
                         .arg(json.size())
                         .toStdString()};
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
        return Error{name, {}, SessionWords::tr("there is no such file").toStdString()};
    }
    if (info.isDir()) {
        return Error{name, {}, SessionWords::tr("found a folder, expected a file").toStdString()};
    }
    if (info.size() > largest_file) {
        return Error{name,
                     {},
                     SessionWords::tr("found %1 bytes, expected at most %2")
                         .arg(info.size())
                         .arg(largest_file)
                         .toStdString()};
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{name, {}, file.errorString().toStdString()};
    }
    return file.readAll();
}

Status writeFile(const QString& path, const QByteArray& contents) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size() ||
        !file.commit()) {
        return Error{
            QDir::toNativeSeparators(path).toStdString(), {}, file.errorString().toStdString()};
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
