// SPDX-License-Identifier: GPL-3.0-or-later
// The safetensors reader: what it reads, and how it refuses what is damaged.
#include "core/engine/kernels/packed_matrix.h"
#include "core/engine/safetensors.h"
#include "core/engine/tensor_source.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <cstring>

using namespace headroom;

namespace {

QByteArray with_length(const QByteArray& header, const QByteArray& data, std::uint64_t length = 0) {
    const std::uint64_t size = length != 0 ? length : static_cast<std::uint64_t>(header.size());
    QByteArray bytes;
    for (int i = 0; i < 8; ++i) {
        bytes.append(static_cast<char>((size >> (8 * i)) & 0xff));
    }
    return bytes + header + data;
}

Result<TensorTable> parse(const QByteArray& bytes) {
    return parse_safetensors_header(
        std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))),
        bytes.size(), "test.safetensors");
}

} // namespace

class TestEngineSafetensors : public QObject {
    Q_OBJECT

private slots:
    void reads_all_types();
    void reads_golden_file();
    void refuses_data();
    void refuses();
    void every_truncation_is_refused();
    void refuses_weights_by_name();
    void reads_shards();
};

void TestEngineSafetensors::reads_all_types() {
    QByteArray data;
    const auto append = [&](auto value) {
        data.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    append(1.5F);
    append(-2.0F);
    append(std::uint16_t{0x3c00}); // half 1
    append(std::uint16_t{0x8001}); // half, smallest negative subnormal
    append(std::uint16_t{0x4049}); // bf16 3.140625
    append(std::int64_t{-7});
    const QByteArray header =
        R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},)"
        R"("b":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},)"
        R"("c":{"dtype":"BF16","shape":[1],"data_offsets":[12,14]},)"
        R"("d":{"dtype":"I64","shape":[],"data_offsets":[14,22]}})";
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("model.safetensors"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(with_length(header, data));
    file.close();

    const Result<SafetensorsFile> opened = SafetensorsFile::open(path.toStdString());
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().text().c_str());
    QCOMPARE(opened->tensors().size(), std::size_t{4});
    QCOMPARE(opened->read_floats(*opened->find("a")), (std::vector<float>{1.5F, -2.0F}));
    QCOMPARE(opened->read_floats(*opened->find("b")),
             (std::vector<float>{1.0F, -std::ldexp(1.0F, -24)}));
    QCOMPARE(opened->read_floats(*opened->find("c")), (std::vector<float>{3.140625F}));
    QCOMPARE(opened->read_integers(*opened->find("d")), (std::vector<std::int64_t>{-7}));
    QVERIFY(opened->find("e") == nullptr);
}

void TestEngineSafetensors::reads_golden_file() {
    const Result<SafetensorsFile> file =
        SafetensorsFile::open(HEADROOM_SOURCE_DIR "/tests/golden/gpt2/golden.safetensors");
    QVERIFY(file.has_value());
    const TensorEntry* ids = file->find("input_ids");
    QVERIFY(ids != nullptr);
    QCOMPARE(ids->shape, (std::vector<std::int64_t>{2, 24}));
    for (const std::int64_t id : file->read_integers(*ids)) {
        QVERIFY(id >= 0 && id < 64);
    }
}

void TestEngineSafetensors::refuses_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("names"); // what the message must contain
    const QByteArray eight(8, '\0');
    const auto one = [](const char* body) { return QByteArray("{\"w\":") + body + "}"; };

    QTest::newRow("empty") << QByteArray() << QByteArray("at least 8");
    QTest::newRow("seven bytes") << QByteArray(7, '\1') << QByteArray("at least 8");
    QTest::newRow("header of 2^60 bytes")
        << with_length("{}", eight, std::uint64_t{1} << 60) << QByteArray("1152921504606846976");
    QTest::newRow("header of 2^64 - 1 bytes")
        << with_length("{}", eight, ~std::uint64_t{0}) << QByteArray("18446744073709551615");
    QTest::newRow("header longer than file") << with_length("{}", "", 3) << QByteArray("at most 2");
    QTest::newRow("not JSON") << with_length("{\"w\":", "") << QByteArray("no JSON object");
    QTest::newRow("a list") << with_length("[]", "") << QByteArray("no JSON object");
    QTest::newRow("invalid UTF-8") << with_length("{\"\xff\":1}", "") << QByteArray("header");
    QTest::newRow("entry is a number") << with_length(one("3"), "") << QByteArray("w: expected");
    QTest::newRow("no offsets") << with_length(one(R"({"dtype":"F32","shape":[2]})"), eight)
                                << QByteArray("data_offsets");
    QTest::newRow("unknown dtype")
        << with_length(one(R"({"dtype":"U8","shape":[8],"data_offsets":[0,8]})"), eight)
        << QByteArray("\"U8\", expected F32, F16, BF16 or I64");
    QTest::newRow("dtype is a number")
        << with_length(one(R"({"dtype":8,"shape":[8],"data_offsets":[0,8]})"), eight)
        << QByteArray("dtype 8");
    QTest::newRow("shape is text")
        << with_length(one(R"({"dtype":"F32","shape":"2","data_offsets":[0,8]})"), eight)
        << QByteArray("shape");
    QTest::newRow("negative size")
        << with_length(one(R"({"dtype":"F32","shape":[-2],"data_offsets":[0,8]})"), eight)
        << QByteArray("size in shape");
    QTest::newRow("fractional size")
        << with_length(one(R"({"dtype":"F32","shape":[2.0],"data_offsets":[0,8]})"), eight)
        << QByteArray("size in shape");
    QTest::newRow("shape overflows")
        << with_length(
               one(R"({"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]})"),
               eight)
        << QByteArray("an impossible number");
    QTest::newRow("shape and bytes disagree")
        << with_length(one(R"({"dtype":"F32","shape":[3],"data_offsets":[0,8]})"), eight)
        << QByteArray("found 8 bytes, expected 12 for F32 [3]");
    QTest::newRow("offsets reversed")
        << with_length(one(R"({"dtype":"F32","shape":[2],"data_offsets":[8,0]})"), eight)
        << QByteArray("[8, 0]");
    QTest::newRow("offsets of 2^63")
        << with_length(one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]})"),
                       eight)
        << QByteArray("data_offsets");
    QTest::newRow("truncated data")
        << with_length(one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})"), "1234567")
        << QByteArray("truncated");
    QTest::newRow("trailing data")
        << with_length(one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})"), eight + "x")
        << QByteArray("from its header");
    QTest::newRow("overlap") << with_length(
                                    R"({"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                                    R"("w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                                    eight)
                             << QByteArray("w: found its data");
    QTest::newRow("gap") << with_length(R"({"v":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},)"
                                        R"("w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                                        eight)
                         << QByteArray("a gap");
    QTest::newRow("name twice") << with_length(
                                       R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                                       R"("w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                                       eight)
                                << QByteArray("w: found twice");
    QTest::newRow("deep nesting") << with_length(QByteArray(100000, '['), "")
                                  << QByteArray("no JSON object");
}

void TestEngineSafetensors::refuses() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, names);
    const Result<TensorTable> table = parse(bytes);
    QVERIFY(!table.has_value());
    const QByteArray text = QByteArray::fromStdString(table.error().text());
    QVERIFY2(text.startsWith("test.safetensors: "), text.constData());
    QVERIFY2(text.contains(names), text.constData());
}

void TestEngineSafetensors::every_truncation_is_refused() {
    QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/tests/golden/gpt2/golden.safetensors"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(parse(bytes).has_value());
    for (qsizetype size = 0; size < bytes.size(); size += size < 400 ? 1 : 997) {
        QVERIFY(!parse(bytes.left(size)).has_value());
    }
}

void TestEngineSafetensors::refuses_weights_by_name() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("model.safetensors"));
    QByteArray data;
    for (const float value : {1.0F, 2.0F, 3.0F, std::nanf("")}) {
        data.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(with_length(R"({"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}})", data));
    file.close();
    Result<std::unique_ptr<TensorSource>> source = open_weights(folder.path().toStdString());
    QVERIFY(source.has_value());
    const auto text = [&](const std::string& name, std::vector<std::int64_t> shape) {
        const Status status =
            (*source)->rows(name, shape, Initial::Normal, [](std::int64_t, const float*) {});
        return status ? QString() : QString::fromStdString(status.error().text());
    };
    QVERIFY(text("w", {2, 3}).contains(QStringLiteral("w: found shape [2, 2], expected [2, 3]")));
    QVERIFY(text("v", {2}).contains(QStringLiteral("v: not found, expected [2]")));
    QVERIFY(text("w", {2, 2}).contains(QStringLiteral("at element 3")));
    QVERIFY(!(*source)->check_all_used() ||
            text("w", {2, 2}).contains(QStringLiteral("finite"))); // asked for, hence used
    QVERIFY(!open_weights(folder.filePath(QStringLiteral("absent")).toStdString()));
}

void TestEngineSafetensors::reads_shards() {
    QTemporaryDir folder;
    const auto write = [&](const QString& name, const QByteArray& bytes) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
    const float value = 4.0F;
    const QByteArray data(reinterpret_cast<const char*>(&value), sizeof value);
    write(QStringLiteral("a.safetensors"),
          with_length(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", data));
    write(QStringLiteral("b.safetensors"),
          with_length(R"({"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", data));
    write(QStringLiteral("model.safetensors.index.json"),
          R"({"weight_map":{"a":"a.safetensors","b":"b.safetensors"}})");
    Result<std::unique_ptr<TensorSource>> source = open_weights(folder.path().toStdString());
    QVERIFY(source.has_value());
    QVERIFY((*source)->has("a") && (*source)->has("b"));
    const Status extra = (*source)->check_all_used();
    QVERIFY(!extra && extra.error().path == "a");
    write(QStringLiteral("b.safetensors"),
          with_length(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", data));
    source = open_weights(folder.path().toStdString());
    QVERIFY(!source.has_value());
    QVERIFY(english(source.error().message).find("two files") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestEngineSafetensors)
#include "tst_engine_safetensors.moc"
