// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session_controller.h"

#include "core/config/config_io.h"
#include "widgets/words/sentence_text.h"

#include <QDir>
#include <QFileInfo>

#include <utility>

namespace headroom::ui {

namespace {

constexpr int autosave_delay_ms = 1500;

/// "Qwen3-8B/config.json" and "qwen3-8b.json" are both designs of that name.
QString designName(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir()) {
        return info.absoluteDir().exists() ? QFileInfo(info.absoluteFilePath()).fileName()
                                           : info.fileName();
    }
    if (info.fileName() == QLatin1String("config.json")) {
        const QString folder = info.absoluteDir().dirName();
        return folder.isEmpty() ? info.completeBaseName() : folder;
    }
    return info.completeBaseName();
}

} // namespace

SessionController::SessionController(Document& document, Settings& settings,
                                     const QString& autosaveFolder, Views views, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_settings(settings)
    , m_views(std::move(views)) {
    if (!autosaveFolder.isEmpty()) {
        m_autosave = std::make_unique<Autosave>(autosaveFolder);
    }
    m_timer.setSingleShot(true);
    m_timer.setInterval(autosave_delay_ms);
    connect(&m_timer, &QTimer::timeout, this, &SessionController::autosaveNow);
    connect(&m_document, &Document::changed, this, [this] {
        // Not restarted by every edit, so that a long series of edits is kept on the way.
        if (m_autosave != nullptr && !m_timer.isActive()) {
            m_timer.start();
        }
    });
    connect(&m_document.undoStack(), &QUndoStack::cleanChanged, this,
            &SessionController::fileChanged);
}

void SessionController::restoreLast() {
    if (m_autosave == nullptr) {
        return;
    }
    const auto restored = m_autosave->restore();
    if (!restored) {
        if (!m_autosave->error().isEmpty()) {
            emit failed(tr("The last session could not be restored. %1").arg(m_autosave->error()));
        }
        return;
    }
    m_document.replaceAll(
        restored->session.state,
        {QT_TRANSLATE_NOOP("headroom::ui::Document", "Restore the last session"), {}});
    m_document.undoStack().clear();
    m_views.restore(restored->session);
    setFile(restored->session.file, restored->session.modified);
    if (restored->crashed) {
        emit restoredAfterCrash();
    }
}

void SessionController::newSession() {
    m_document.replaceAll(defaultState(),
                          {QT_TRANSLATE_NOOP("headroom::ui::Document", "New session"), {}});
    setFile({}, false);
}

bool SessionController::open(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir()) {
        const auto text = read_config_text(path.toStdString());
        if (!text) {
            emit failed(errorText(text.error()));
            return false;
        }
        return openDesign(path, *text,
                          QDir::toNativeSeparators(path + QStringLiteral("/config.json")));
    }
    const auto contents = readFile(path);
    if (!contents) {
        emit failed(errorText(contents.error()));
        return false;
    }
    const QString name = QDir::toNativeSeparators(path);
    if (!looksLikeSession(*contents) && info.suffix() != QLatin1String("headroom")) {
        return openDesign(path, contents->toStdString(), name);
    }
    const auto session = parseSession(*contents, name);
    if (!session) {
        emit failed(errorText(session.error()));
        return false;
    }
    return openSession(*session, path);
}

bool SessionController::openSession(const Session& session, const QString& path) {
    m_document.replaceAll(session.state, {QT_TRANSLATE_NOOP("headroom::ui::Document", "Open %1"),
                                          {QFileInfo(path).fileName()}});
    m_views.restore(session);
    setFile(QFileInfo(path).absoluteFilePath(), false);
    remember(path);
    return true;
}

bool SessionController::openDesign(const QString& path, const std::string& text,
                                   const QString& name) {
    const auto config = parse_config(text, name.toStdString());
    if (!config) {
        emit failed(errorText(config.error()));
        return false;
    }
    Design design;
    design.name = designName(path).toStdString();
    design.config = *config;
    if (m_document.canAddDesign()) {
        m_document.addDesign(design);
    } else {
        m_document.replaceDesign(m_document.selected(), design);
    }
    QStringList parts;
    for (const std::string& part : left_out_parts(text)) {
        parts.append(QString::fromStdString(part));
    }
    if (!parts.isEmpty()) {
        emit done(tr("All figures are those of the text decoder; not counted: %1")
                      .arg(parts.join(QStringLiteral(", "))));
    }
    remember(path);
    return true;
}

Session SessionController::capture() const {
    Session session;
    session.state = m_document.state();
    m_views.capture(session);
    return session;
}

bool SessionController::save(const QString& path) {
    const Status status = saveSession(capture(), path);
    if (!status) {
        emit failed(tr("The session was not saved. %1").arg(errorText(status.error())));
        return false;
    }
    setFile(QFileInfo(path).absoluteFilePath(), false);
    remember(path);
    emit done(tr("Saved %1").arg(QDir::toNativeSeparators(path)));
    return true;
}

bool SessionController::exportConfig(const QString& path, int slot) {
    const Design& design = m_document.study().designs[static_cast<std::size_t>(slot)];
    const Status status = writeFile(path, QByteArray::fromStdString(write_config(design.config)));
    if (!status) {
        emit failed(tr("The configuration was not saved. %1").arg(errorText(status.error())));
        return false;
    }
    emit done(tr("Saved %1").arg(QDir::toNativeSeparators(path)));
    return true;
}

bool SessionController::isModified() const {
    return !m_document.undoStack().isClean();
}

void SessionController::setFile(const QString& path, bool modified) {
    m_file = path;
    if (modified) {
        m_document.undoStack().resetClean();
    } else {
        m_document.undoStack().setClean();
    }
    emit fileChanged();
}

void SessionController::remember(const QString& path) {
    m_settings.addRecent(path);
    emit recentChanged();
}

void SessionController::autosaveNow() {
    if (m_autosave == nullptr || !m_autosave->isActive()) {
        return;
    }
    Session session = capture();
    session.file = m_file;
    session.modified = isModified();
    const bool saved = m_autosave->save(session);
    if (!saved && !m_autosaveFailed) {
        emit failed(tr("The running session cannot be kept. %1").arg(m_autosave->error()));
    }
    m_autosaveFailed = !saved;
}

void SessionController::close() {
    m_timer.stop();
    autosaveNow();
    if (m_autosave != nullptr) {
        m_autosave->close();
    }
}

} // namespace headroom::ui
