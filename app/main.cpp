// SPDX-License-Identifier: GPL-3.0-or-later
// headroom: the window, or with a subcommand the command line.
#include "app/application.h"
#include "app/cli/cli.h"
#include "app/language.h"
#include "app/main_window.h"
#include "app/settings.h"

#include <QApplication>

int main(int argc, char** argv) {
    if (headroom::cli::handles(argc, argv)) {
        return headroom::cli::run(argc, argv);
    }
    QApplication application(argc, argv);
    headroom::ui::prepareApplication(application);
    headroom::ui::applyLanguage(headroom::ui::Settings::load().language);
    headroom::ui::MainWindow window(headroom::ui::MainWindow::Options{});
    const QStringList files = QApplication::arguments().mid(1);
    for (const QString& file : files) {
        window.sessions().open(file);
    }
    window.show();
    return QApplication::exec();
}
