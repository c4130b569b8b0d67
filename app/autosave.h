// SPDX-License-Identifier: GPL-3.0-or-later
// Autosave: keeps the running session in a file, so that neither closing nor a crash loses an edit.
#pragma once

#include "app/session.h"

#include <QLockFile>
#include <QString>

#include <memory>
#include <optional>

namespace headroom::ui {

/// One program owns one place ("session-0.json" and so on); a second window of the program running
/// at the same time takes the next. A marker lies beside the session while the program runs: found
/// at the start, it says that the last run ended without closing.
class Autosave {
public:
    struct Restored {
        Session session;
        bool crashed = false;
    };

    /// `folder` is created when it is missing. Nothing is kept when it cannot be written.
    explicit Autosave(const QString& folder);
    ~Autosave();
    Autosave(const Autosave&) = delete;
    Autosave& operator=(const Autosave&) = delete;

    /// The session that the last run left; empty when there is none or it cannot be read, in which
    /// case error() says why and the file is kept under another name.
    [[nodiscard]] std::optional<Restored> restore();
    [[nodiscard]] const QString& error() const { return m_error; }

    /// False when the file cannot be written; error() says why.
    bool save(const Session& session);

    /// The program ends in order.
    void close();

    [[nodiscard]] bool isActive() const { return m_lock != nullptr; }
    [[nodiscard]] QString sessionFile() const;

    /// Where the installed program keeps its sessions.
    [[nodiscard]] static QString defaultFolder();

private:
    [[nodiscard]] QString path(const QString& suffix) const;

    QString m_folder;
    int m_place = 0;
    bool m_crashed = false;
    QByteArray m_saved; ///< what the file holds, to write only changes
    QString m_error;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace headroom::ui
