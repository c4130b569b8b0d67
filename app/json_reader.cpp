// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/json_reader.h"
#include "widgets/format/contexts.h"

#include <QCoreApplication>

#include <cmath>
#include <utility>

namespace headroom::ui {

QString describeJson(const QJsonValue& value) {
    switch (value.type()) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', 15);
    case QJsonValue::String: {
        const QString text = value.toString();
        return QLatin1Char('"') + (text.size() > 40 ? text.left(40) + QChar(0x2026) : text) +
               QLatin1Char('"');
    }
    case QJsonValue::Array:
        return SessionWords::tr("a list");
    case QJsonValue::Object:
        return SessionWords::tr("an object");
    case QJsonValue::Undefined:
        break;
    }
    return SessionWords::tr("nothing");
}

JsonReader::JsonReader(QJsonObject object, QString path,
                       std::shared_ptr<std::optional<Error>> error)
    : m_object(std::move(object))
    , m_path(std::move(path))
    , m_error(std::move(error)) {}

JsonReader::JsonReader(QJsonObject object, const QString& file)
    : m_object(std::move(object))
    , m_file(file)
    , m_error(std::make_shared<std::optional<Error>>()) {}

QString JsonReader::pathOf(const QString& key) const {
    return m_path.isEmpty() ? key : m_path + QLatin1Char('.') + key;
}

void JsonReader::fail(const Error& error) {
    if (!m_error->has_value()) {
        *m_error = error;
    }
}

void JsonReader::fail(const char* key, const QString& found, const QString& expected) {
    const QString message = SessionWords::tr("found %1, expected %2").arg(found, expected);
    fail(Error{m_file.toStdString(), pathOf(QString::fromLatin1(key)).toStdString(),
               Sentence::verbatim(message.toStdString())});
}

bool JsonReader::has(const char* key) const {
    return m_object.contains(QLatin1String(key)) && !m_object.value(QLatin1String(key)).isNull();
}

QString JsonReader::string(const char* key) {
    const QJsonValue found = m_object.value(QLatin1String(key));
    if (!found.isString()) {
        fail(key, describeJson(found), SessionWords::tr("a text"));
        return {};
    }
    return found.toString();
}

std::int64_t JsonReader::integer(const char* key, std::int64_t minimum, std::int64_t maximum) {
    const QJsonValue found = m_object.value(QLatin1String(key));
    const double number = found.toDouble(std::nan(""));
    if (!found.isDouble() || number != std::floor(number) ||
        number < static_cast<double>(minimum) || number > static_cast<double>(maximum)) {
        fail(key, describeJson(found),
             SessionWords::tr("a whole number from %1 to %2").arg(minimum).arg(maximum));
        return minimum;
    }
    return static_cast<std::int64_t>(number);
}

double JsonReader::number(const char* key, std::int64_t minimum, std::int64_t maximum) {
    const QJsonValue found = m_object.value(QLatin1String(key));
    const double number = found.toDouble(std::nan(""));
    if (!(number >= static_cast<double>(minimum)) || number > static_cast<double>(maximum)) {
        fail(key, describeJson(found),
             SessionWords::tr("a number from %1 to %2").arg(minimum).arg(maximum));
        return static_cast<double>(minimum);
    }
    return number;
}

bool JsonReader::boolean(const char* key, bool missing) {
    const QJsonValue found = m_object.value(QLatin1String(key));
    if (found.isUndefined()) {
        return missing;
    }
    if (!found.isBool()) {
        fail(key, describeJson(found), SessionWords::tr("true or false"));
        return missing;
    }
    return found.toBool();
}

JsonReader JsonReader::object(const char* key) {
    const QJsonValue found = m_object.value(QLatin1String(key));
    if (!found.isObject()) {
        fail(key, describeJson(found), SessionWords::tr("an object"));
    }
    JsonReader reader(found.toObject(), pathOf(QString::fromLatin1(key)), m_error);
    reader.m_file = m_file;
    return reader;
}

QJsonArray JsonReader::array(const char* key) {
    const QJsonValue found = m_object.value(QLatin1String(key));
    if (!found.isArray()) {
        fail(key, describeJson(found), SessionWords::tr("a list"));
    }
    return found.toArray();
}

JsonReader JsonReader::element(const char* key, const QJsonArray& array, qsizetype index) {
    const QJsonValue found = array.at(index);
    const QString name = QStringLiteral("%1[%2]").arg(QLatin1String(key)).arg(index);
    if (!found.isObject()) {
        fail(name.toLatin1().constData(), describeJson(found), SessionWords::tr("an object"));
    }
    JsonReader reader(found.toObject(), pathOf(name), m_error);
    reader.m_file = m_file;
    return reader;
}

} // namespace headroom::ui
