// SPDX-License-Identifier: GPL-3.0-or-later
// JsonReader: typed access to a JSON object that remembers the first error with its path.
#pragma once

#include "core/base/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>

namespace headroom::ui {

/// Readers of nested objects share one error: the first one wins, later reads yield defaults.
class JsonReader {
public:
    JsonReader(QJsonObject object, QString path, std::shared_ptr<std::optional<Error>> error);
    /// The reader of a whole file; `file` stands in the error.
    JsonReader(QJsonObject object, const QString& file);

    [[nodiscard]] bool has(const char* key) const;
    [[nodiscard]] QString string(const char* key);
    [[nodiscard]] std::int64_t integer(const char* key, std::int64_t minimum, std::int64_t maximum);
    [[nodiscard]] double number(const char* key, std::int64_t minimum, std::int64_t maximum);
    [[nodiscard]] bool boolean(const char* key, bool missing);
    [[nodiscard]] JsonReader object(const char* key);
    [[nodiscard]] QJsonArray array(const char* key);
    /// Element of an array that was read from `key`, as an object.
    [[nodiscard]] JsonReader element(const char* key, const QJsonArray& array, qsizetype index);

    [[nodiscard]] const QJsonObject& raw() const { return m_object; }
    void fail(const char* key, const QString& found, const QString& expected);
    void fail(const Error& error);
    [[nodiscard]] bool failed() const { return m_error->has_value(); }
    [[nodiscard]] const Error& error() const { return **m_error; }

private:
    [[nodiscard]] QString pathOf(const QString& key) const;

    QJsonObject m_object;
    QString m_path;
    QString m_file;
    std::shared_ptr<std::optional<Error>> m_error;
};

/// A value as an error message shows it: shortened, strings in quotes.
[[nodiscard]] QString describeJson(const QJsonValue& value);

} // namespace headroom::ui
