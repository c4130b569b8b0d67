// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/offscreen.h"

#include "app/application.h"
#include "app/cli/failure.h"
#include "app/language.h"

#include <QApplication>

#include <algorithm>

namespace headroom::cli {

namespace {

QtMessageHandler defaultHandler = nullptr;

/// Qt remarks that a bare machine has no XDG_RUNTIME_DIR; nothing of ours is kept there.
void withoutRuntimeDirRemark(QtMsgType type, const QMessageLogContext& context,
                             const QString& message) {
    if (!message.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set"))) {
        defaultHandler(type, context, message);
    }
}

} // namespace

void leaveOutRuntimeDirRemark() {
    defaultHandler = qInstallMessageHandler(withoutRuntimeDirRemark);
}

OffscreenApplication::OffscreenApplication(const std::string& language) {
    leaveOutRuntimeDirRemark();
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static int argc = 1;
    static char name[] = "headroom";
    static char* argv[] = {name, nullptr};
    m_application = std::make_unique<QApplication>(argc, argv);
    ui::prepareApplication(*m_application);
    ui::applyLanguage(QString::fromStdString(language));
}

OffscreenApplication::~OffscreenApplication() = default;

QSize sizeOption(const Arguments& arguments, QSize otherwise) {
    const auto text = arguments.value("--size");
    if (!text) {
        return otherwise;
    }
    const auto size = parseSize(*text);
    constexpr int smallest = 64;
    const auto fits = [](int side) { return side >= smallest && side <= maximumPixels; };
    if (!size || !fits(size->first) || !fits(size->second)) {
        failUsage("--size: found \"" + *text +
                  "\", expected WIDTHxHEIGHT, each from 64 to 16384, as 960x600");
    }
    return {size->first, size->second};
}

std::string choiceOption(const Arguments& arguments, std::string_view option,
                         const std::vector<std::string>& choices, const std::string& otherwise) {
    const std::string given = arguments.value(option).value_or(otherwise);
    if (std::find(choices.begin(), choices.end(), given) == choices.end()) {
        std::string message = std::string(option) + ": found \"" + given + "\", expected one of";
        for (const std::string& choice : choices) {
            message += " " + choice;
        }
        failUsage(message);
    }
    return given;
}

std::string themeOption(const Arguments& arguments) {
    return choiceOption(arguments, "--theme", {"light", "dark"}, "light");
}

std::string languageOption(const Arguments& arguments) {
    std::vector<std::string> ids;
    for (const ui::Language& language : ui::languages()) {
        ids.push_back(language.id.toStdString());
    }
    return choiceOption(arguments, "--lang", ids, "en");
}

std::vector<std::string> modelsOption(const Arguments& arguments) {
    std::vector<std::string> models;
    for (const std::string& list : arguments.values("--models")) {
        for (std::string& name : splitList(list)) {
            models.push_back(std::move(name));
        }
    }
    return models;
}

} // namespace headroom::cli
