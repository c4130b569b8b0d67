// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/autosave.h"
#include "widgets/words/sentence_text.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace headroom::ui {

namespace {

constexpr int places = 16;

} // namespace

Autosave::Autosave(const QString& folder)
    : m_folder(folder) {
    if (!QDir().mkpath(folder)) {
        return;
    }
    for (m_place = 0; m_place < places; ++m_place) {
        auto lock = std::make_unique<QLockFile>(path(QStringLiteral(".lock")));
        // Never stale by age: a window may stay open for weeks. A dead owner is recognised anyway.
        lock->setStaleLockTime(0);
        if (lock->tryLock(0)) {
            m_lock = std::move(lock);
            break;
        }
    }
    if (m_lock == nullptr) {
        return;
    }
    QFile marker(path(QStringLiteral(".running")));
    m_crashed = marker.exists();
    if (marker.open(QIODevice::WriteOnly)) {
        marker.close();
    }
}

Autosave::~Autosave() = default;

QString Autosave::path(const QString& suffix) const {
    return m_folder + QStringLiteral("/session-%1").arg(m_place) + suffix;
}

QString Autosave::sessionFile() const {
    return path(QStringLiteral(".json"));
}

QString Autosave::defaultFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

std::optional<Autosave::Restored> Autosave::restore() {
    if (!isActive() || !QFile::exists(sessionFile())) {
        return std::nullopt;
    }
    auto session = loadSession(sessionFile());
    if (!session) {
        m_error = errorText(session.error());
        const QString kept = path(QStringLiteral(".unreadable.json"));
        QFile::remove(kept);
        QFile::rename(sessionFile(), kept);
        return std::nullopt;
    }
    m_saved = writeSession(*session);
    return Restored{std::move(*session), m_crashed};
}

bool Autosave::save(const Session& session) {
    if (!isActive()) {
        return false;
    }
    const QByteArray contents = writeSession(session);
    if (contents == m_saved) {
        return true;
    }
    const Status status = writeFile(sessionFile(), contents);
    if (!status) {
        m_error = errorText(status.error());
        return false;
    }
    m_saved = contents;
    return true;
}

void Autosave::close() {
    if (isActive()) {
        QFile::remove(path(QStringLiteral(".running")));
        m_lock.reset();
    }
}

} // namespace headroom::ui
