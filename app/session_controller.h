// SPDX-License-Identifier: GPL-3.0-or-later
// SessionController: opens, saves, autosaves and restores; knows which file the session belongs to.
#pragma once

#include "app/autosave.h"
#include "app/document.h"
#include "app/session.h"
#include "app/settings.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace headroom::ui {

class SessionController : public QObject {
    Q_OBJECT

public:
    /// Reads and sets what of a session is not in the document: page and views.
    struct Views {
        std::function<void(Session&)> capture;
        std::function<void(const Session&)> restore;
    };

    /// `autosaveFolder` empty: nothing is kept between runs.
    SessionController(Document& document, Settings& settings, const QString& autosaveFolder,
                      Views views, QObject* parent = nullptr);

    /// The last run's session, when there is one; says so when that run ended without closing.
    void restoreLast();
    void newSession();
    /// A session, a config.json, or a folder that holds one. What cannot be read leaves everything
    /// as it is and is said in notice().
    bool open(const QString& path);
    bool save(const QString& path);
    bool exportConfig(const QString& path, int slot);

    /// The session as it is now.
    [[nodiscard]] Session capture() const;
    [[nodiscard]] const QString& file() const { return m_file; }
    [[nodiscard]] bool isModified() const;

    void autosaveNow();
    /// The window closes in order.
    void close();

signals:
    void fileChanged();
    void recentChanged();
    void failed(const QString& text);
    void done(const QString& text);
    /// The last run crashed and its session is back.
    void restoredAfterCrash();

private:
    bool openSession(const Session& session, const QString& path);
    /// `text` is a config.json, `name` the file that errors name.
    bool openDesign(const QString& path, const std::string& text, const QString& name);
    void setFile(const QString& path, bool modified);
    void remember(const QString& path);

    Document& m_document;
    Settings& m_settings;
    Views m_views;
    std::unique_ptr<Autosave> m_autosave;
    QTimer m_timer;
    QString m_file;
    bool m_autosaveFailed = false; ///< said once, not at every edit
};

} // namespace headroom::ui
