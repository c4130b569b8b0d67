// SPDX-License-Identifier: GPL-3.0-or-later
// Session files: a document and what its window shows, as versioned JSON.
//
// Goals: readable, diffable, configurations in the form that transformers reads, every error names
// the file and the field. Not a goal: undo history.
#pragma once

#include "app/document.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace headroom::ui {

inline constexpr int session_version = 1;

struct Session {
    DocumentState state;
    QString page;      ///< id of the page in front; empty: the first
    QJsonObject views; ///< page id -> what Page::saveView gave
    /// Only in the autosaved session: the file it was opened from or saved to, and whether it
    /// differs from that file.
    QString file;
    bool modified = false;
};

[[nodiscard]] QByteArray writeSession(const Session& session);

/// `source` is the file's name for errors: path of the field, what was found, what was expected.
[[nodiscard]] Result<Session> parseSession(const QByteArray& json, const QString& source);

/// Written in one piece (QSaveFile): a failure leaves an existing file as it was.
[[nodiscard]] Status saveSession(const Session& session, const QString& path);
[[nodiscard]] Result<Session> loadSession(const QString& path);

/// Whether the text is a session rather than a config.json: it has the version key.
[[nodiscard]] bool looksLikeSession(const QByteArray& json);

/// Reads a whole file; refuses folders and what is over 16 MB, which no session or config reaches.
[[nodiscard]] Result<QByteArray> readFile(const QString& path);
[[nodiscard]] Status writeFile(const QString& path, const QByteArray& contents);

} // namespace headroom::ui
