// SPDX-License-Identifier: GPL-3.0-or-later
// What the drawing subcommands share: an application without a display, sizes, themes, languages.
#pragma once

#include "app/cli/arguments.h"

#include <QSize>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

class QApplication;

namespace headroom::cli {

/// Largest side of an image, pixels: 1 GiB at four bytes each.
inline constexpr int maximumPixels = 16384;

/// Keeps standard error free of one remark of Qt's that means nothing here.
void leaveOutRuntimeDirRemark();

/// A QApplication on the offscreen platform, in the given language, while it lives.
class OffscreenApplication {
public:
    explicit OffscreenApplication(const std::string& language);
    ~OffscreenApplication();
    OffscreenApplication(const OffscreenApplication&) = delete;
    OffscreenApplication& operator=(const OffscreenApplication&) = delete;

private:
    std::unique_ptr<QApplication> m_application;
};

/// --size WxH, each side from 64 to maximumPixels.
QSize sizeOption(const Arguments& arguments, QSize otherwise);
/// One of a few words; any other is a usage failure.
std::string choiceOption(const Arguments& arguments, std::string_view option,
                         const std::vector<std::string>& choices, const std::string& otherwise);
/// --theme: light or dark.
std::string themeOption(const Arguments& arguments);
/// --lang: en or zh_CN.
std::string languageOption(const Arguments& arguments);
/// --models A,B, repeatable.
std::vector<std::string> modelsOption(const Arguments& arguments);

} // namespace headroom::cli
