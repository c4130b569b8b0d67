// SPDX-License-Identifier: GPL-3.0-or-later
// The main window's dialogs: choosing files, renaming, help.
#include "app/main_window.h"

#include "app/text_dialog.h"
#include "app/window_actions.h"
#include "widgets/theme/tokens.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>

namespace headroom::ui {

namespace {

/// Where a dialog starts: beside the session, else at home.
QString startFolder(const QString& file) {
    return file.isEmpty() ? QDir::homePath() : QFileInfo(file).absolutePath();
}

/// A file name that every system takes.
QString safeName(const QString& name) {
    QString safe = name;
    for (QChar& character : safe) {
        if (QStringLiteral("/\\:*?\"<>|").contains(character)) {
            character = QLatin1Char('-');
        }
    }
    return safe;
}

} // namespace

void MainWindow::openDialog() {
    const QStringList files = QFileDialog::getOpenFileNames(
        this, tr("Open a session or a config.json"), startFolder(m_sessions->file()),
        tr("Sessions and configurations (*.headroom *.json)") + QStringLiteral(";;") +
            tr("All files (*)"));
    for (const QString& file : files) {
        if (!m_sessions->open(file)) {
            break;
        }
    }
}

bool MainWindow::save() {
    if (m_sessions->file().isEmpty()) {
        saveAs();
        return !m_sessions->file().isEmpty();
    }
    return m_sessions->save(m_sessions->file());
}

void MainWindow::saveAs() {
    const QString proposed = m_sessions->file().isEmpty()
                                 ? QDir::homePath() + QStringLiteral("/session.headroom")
                                 : m_sessions->file();
    QString file = QFileDialog::getSaveFileName(this, tr("Save the session"), proposed,
                                                tr("Sessions (*.headroom)"));
    if (file.isEmpty()) {
        return;
    }
    if (QFileInfo(file).suffix().isEmpty()) {
        file += QStringLiteral(".headroom");
    }
    m_sessions->save(file);
}

void MainWindow::exportConfigDialog() {
    const QString name = safeName(QString::fromStdString(m_document.selectedDesign().name));
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export the design as config.json"),
        startFolder(m_sessions->file()) + QLatin1Char('/') + name + QStringLiteral(".json"),
        tr("Configurations (*.json)"));
    if (!file.isEmpty()) {
        m_sessions->exportConfig(file, m_document.selected());
    }
}

void MainWindow::renameDialog() {
    const int slot = m_document.selected();
    bool accepted = false;
    const QString name = QInputDialog::getText(
        this, tr("Rename design %1").arg(designLetter(slot)), tr("Name:"), QLineEdit::Normal,
        QString::fromStdString(m_document.selectedDesign().name), &accepted);
    if (accepted) {
        m_document.renameDesign(slot, name);
    }
}

void MainWindow::showShortcuts() {
    QString rows;
    const auto row = [&rows](const QString& keys, const QString& text) {
        rows += QStringLiteral("<tr><td style=\"padding:3px 24px 3px 0\"><b>%1</b></td>"
                               "<td style=\"padding:3px 0\">%2</td></tr>")
                    .arg(keys.toHtmlEscaped(), text.toHtmlEscaped());
    };
    for (const WindowActions::Shortcut& shortcut : m_actions->shortcuts()) {
        row(shortcut.keys.toString(QKeySequence::NativeText), shortcut.text);
    }
    row(tr("Ctrl+1 … 9"), tr("Show a page"));
    row(tr("Alt+1 … 4"), tr("Edit a design"));
    row(tr("Tab, arrow keys"), tr("Move between fields; step a value or move a chart's readout"));
    row(tr("Ctrl+C in a chart"), tr("Copy the chart as an image and its data as text"));
    TextDialog dialog(tr("Keyboard shortcuts"), QStringLiteral("<table>%1</table>").arg(rows),
                      this);
    dialog.exec();
}

void MainWindow::showAbout() {
    QMessageBox::about(
        this, tr("About Headroom"),
        QStringLiteral("<h3>Headroom %1</h3><p>%2</p><p>%3</p><p>%4</p>")
            .arg(QApplication::applicationVersion(),
                 tr("A lab for Transformer design: edit a model and every estimate and every plot "
                    "follows at once."),
                 tr("Free software under the GNU General Public License, version 3 or later. "
                    "It comes without any warranty."),
                 tr("Built with Qt %1, QCustomPlot and nlohmann/json.")
                     .arg(QString::fromLatin1(qVersion()))));
}

void MainWindow::showLicence() {
    QFile file(QStringLiteral(":/LICENSE"));
    const QString text =
        file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : file.errorString();
    TextDialog dialog(tr("Licence"), QStringLiteral("<pre>%1</pre>").arg(text.toHtmlEscaped()),
                      this);
    dialog.exec();
}

} // namespace headroom::ui
