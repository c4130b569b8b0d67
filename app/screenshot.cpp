// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshot.h"

#include "app/application.h"
#include "app/language.h"
#include "app/main_window.h"
#include "app/session.h"
#include "core/config/config_io.h"
#include "core/presets/presets.h"
#include "widgets/pages/pages.h"
#include "widgets/words/sentence_text.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace headroom::ui {

namespace {

/// A preset's name, else a file or a folder.
Result<Design> findDesign(const QString& model) {
    if (const ModelPreset* preset = find_model_preset(model.toStdString())) {
        return Design{preset->name, preset->id, preset->config};
    }
    const auto config = read_config(model.toStdString());
    if (!config) {
        return config.error();
    }
    const QFileInfo info(model);
    const QString name = info.isDir() || info.fileName() != QLatin1String("config.json")
                             ? info.completeBaseName()
                             : info.absoluteDir().dirName();
    return Design{name.toStdString(), {}, *config};
}

Result<Session> makeSession(const ScreenshotOptions& options) {
    Session session;
    session.state = defaultState();
    if (!options.session.isEmpty()) {
        auto loaded = loadSession(options.session);
        if (!loaded) {
            return loaded.error();
        }
        session = std::move(*loaded);
    }
    if (!options.models.isEmpty()) {
        session.state.study.designs.clear();
        session.state.selected = 0;
        for (const QString& model : options.models) {
            auto design = findDesign(model);
            if (!design) {
                return design.error();
            }
            session.state.study.designs.push_back(std::move(*design));
        }
        session.state.reference = session.state.study;
    }
    if (options.scenario) {
        options.scenario(session.state.study.scenario);
        if (session.state.reference && !session.state.pinned) {
            session.state.reference->scenario = session.state.study.scenario;
        }
    }
    return session;
}

/// Fields are edited one by one, as a hand would: undo names them, and the ghost is the state
/// before the last one.
Status applyEdits(Document& document, const ScreenshotOptions& options) {
    for (const auto& [name, text] : options.edits) {
        const FieldInfo* field = find_field(name.toStdString());
        ModelConfig config = document.study().designs.front().config;
        const Status status = set_field_from_text(config, name.toStdString(), text.toStdString());
        if (!status) {
            return status.error();
        }
        QString error;
        if (!document.setField(0, name, field_value(config, *field), false, &error)) {
            return Error{{}, name.toStdString(), Sentence::verbatim(error.toStdString())};
        }
    }
    return std::monostate{};
}

QImage draw(MainWindow& window, double scale) {
    // On a screen of the same ratio nothing is magnified: text and curves are drawn at full
    // resolution.
    QImage image((QSizeF(window.size()) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    window.render(&painter);
    return image;
}

Status drawWindow(const ScreenshotOptions& options) {
    auto session = makeSession(options);
    if (!session) {
        return session.error();
    }
    const QString languageBefore = currentLanguage();
    applyLanguage(options.language);
    MainWindow window(MainWindow::Options{false, {}});
    window.setThemeChoice(options.theme);
    window.document().replaceAll(session->state, {});
    for (Page* page : window.pages()) {
        page->restoreView(viewOf(page->id(), session->views));
    }
    const Status edited = applyEdits(window.document(), options);
    if (!edited) {
        return edited.error();
    }
    const QString page = options.page.isEmpty() ? session->page : options.page;
    if (!page.isEmpty() && !window.showPage(page) && !options.page.isEmpty()) {
        return Error{{},
                     "--page",
                     Sentence::verbatim(QStringLiteral("found \"%1\", expected one of: %2")
                                            .arg(page, pageNames().join(QStringLiteral(", ")))
                                            .toStdString())};
    }
    window.resize(options.size);
    window.show();
    // Layouts settle with the first events; the second pass is for what they asked for.
    for (int pass = 0; pass < 3; ++pass) {
        window.refreshNow();
        QApplication::sendPostedEvents();
        QApplication::processEvents();
    }
    QThreadPool::globalInstance()->waitForDone(); // what pages search beside the window
    window.currentPage()->prepareForPicture();
    QApplication::processEvents();
    const QImage image = draw(window, options.scale);
    window.hide();
    applyLanguage(languageBefore);

    QSaveFile file(options.out);
    const QByteArray format = QFileInfo(options.out).suffix().toLatin1();
    if (!file.open(QIODevice::WriteOnly) ||
        !image.save(&file, format.isEmpty() ? "PNG" : format.constData()) || !file.commit()) {
        return Error{options.out.toStdString(),
                     {},
                     Sentence::verbatim(
                         (file.error() == QFileDevice::NoError
                              ? QStringLiteral("found the ending \"%1\", expected png, jpg or bmp")
                                    .arg(QFileInfo(options.out).suffix())
                              : file.errorString())
                             .toStdString())};
    }
    return std::monostate{};
}

} // namespace

bool saveScreenshot(const ScreenshotOptions& options, QString* error) {
    std::unique_ptr<QApplication> application;
    if (QCoreApplication::instance() == nullptr) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
        static int argc = 1;
        static char name[] = "headroom";
        static char* argv[] = {name, nullptr};
        application = std::make_unique<QApplication>(argc, argv);
        prepareApplication(*application);
    }
    const Status status = drawWindow(options);
    if (!status && error != nullptr) {
        *error = errorText(status.error());
    }
    return status.has_value();
}

} // namespace headroom::ui
