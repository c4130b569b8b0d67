// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli_process.h"

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>

nlohmann::json CliResult::json() const {
    return nlohmann::json::parse(out.constData(), nullptr, false);
}

QString cliProgram() {
    return QStringLiteral(HEADROOM_PROGRAM);
}

CliResult runCli(const QStringList& arguments) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        environment.remove(QString::fromLatin1(name));
    }
    process.setProcessEnvironment(environment);
    process.start(cliProgram(), arguments);
    CliResult result;
    if (!process.waitForFinished(120000)) {
        process.kill();
        process.waitForFinished();
        return result;
    }
    result.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

nlohmann::json runJson(const QStringList& arguments) {
    const CliResult result = runCli(QStringList(arguments) << QStringLiteral("--json"));
    if (result.code != 0) {
        qInfo("headroom %s: exit code %d: %s", qPrintable(arguments.join(QLatin1Char(' '))),
              result.code, result.err.constData());
        return nlohmann::json::object();
    }
    const nlohmann::json document = result.json();
    return document.is_object() ? document : nlohmann::json::object();
}

nlohmann::json listedPresets() {
    return runJson({QStringLiteral("presets")}).value("presets", nlohmann::json::array());
}

nlohmann::json sourceJson(const QString& path) {
    QFile file(QStringLiteral(HEADROOM_SOURCE_DIR) + QLatin1Char('/') + path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return nlohmann::json::parse(file.readAll().constData(), nullptr, false);
}
