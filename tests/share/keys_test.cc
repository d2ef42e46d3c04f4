// SPDX-License-Identifier: Apache-2.0
#include "panj/share/keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/stix_object.h"

namespace panj::share {
namespace {

namespace fs = std::filesystem;

/// RFC 8032, section 7.1, test 2.
TEST(SigningKey, SignsAsInTheStandard) {
  std::array<unsigned char, 32> seed{};
  const std::string_view hex = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
  for (std::size_t i = 0; i < 32; ++i) {
    seed[i] = static_cast<unsigned char>(std::stoi(std::string(hex.substr(2 * i, 2)), nullptr, 16));
  }
  const SigningKey key = SigningKey::from_seed(seed);
  EXPECT_EQ(to_string(key.public_key()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(key.sign("\x72"),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(SigningKey, ASignatureHoldsForItsMessageAndKeyOnly) {
  const SigningKey key = SigningKey::generate();
  const std::string signature = key.sign("recall");
  EXPECT_TRUE(is_signed_by(key.public_key(), "recall", signature));
  EXPECT_FALSE(is_signed_by(key.public_key(), "recalls", signature));
  EXPECT_FALSE(is_signed_by(SigningKey::generate().public_key(), "recall", signature));
  for (std::size_t i = 0; i < signature.size(); i += 7) {
    std::string changed = signature;
    changed[i] = changed[i] == '0' ? '1' : '0';
    EXPECT_FALSE(is_signed_by(key.public_key(), "recall", changed));
  }
  EXPECT_FALSE(is_signed_by(key.public_key(), "recall", ""));
  EXPECT_FALSE(is_signed_by(PublicKey{}, "recall", signature)) << "a weak key";
}

TEST(SigningKey, AnIdentityIsMadeFromItsKey) {
  const PublicKey key = SigningKey::generate().public_key();
  EXPECT_TRUE(is_stix_id(identity_of(key)));
  EXPECT_EQ(identity_of(key), identity_of(*parse_public_key(to_string(key))));
  EXPECT_NE(identity_of(key), identity_of(SigningKey::generate().public_key()));
}

class KeyFileTest : public testing::Test {
 protected:
  KeyFileTest() { fs::create_directories(folder_); }
  ~KeyFileTest() override { fs::remove_all(folder_); }
  fs::path folder_ = fs::path(testing::TempDir()) / "panj-keys";
  fs::path path_ = folder_ / "signing.key";
};

TEST_F(KeyFileTest, IsReadableByTheOwnerOnlyAndIsNeverReplaced) {
  const SigningKey key = SigningKey::generate();
  key.save(path_);
  struct stat info {};
  ASSERT_EQ(::stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_EQ(SigningKey::load(path_).public_key(), key.public_key());
  EXPECT_THROW(SigningKey::generate().save(path_), std::runtime_error);
  EXPECT_EQ(SigningKey::load(path_).public_key(), key.public_key());
}

TEST_F(KeyFileTest, ThatOthersCanReadIsRefused) {
  SigningKey::generate().save(path_);
  ::chmod(path_.c_str(), 0640);
  EXPECT_THROW(SigningKey::load(path_), InvalidInput);
}

TEST_F(KeyFileTest, ThatIsAnotherFileIsRefused) {
  SecretKey::generate().save(path_);
  EXPECT_THROW(SigningKey::load(path_), InvalidInput);
}

TEST(SecretKey, RecognisesItsOwnCodesOnly) {
  const SecretKey key = SecretKey::generate();
  const auto code = key.code("page 2");
  const std::string bytes(code.begin(), code.end());
  EXPECT_TRUE(key.is_code("page 2", bytes));
  EXPECT_FALSE(key.is_code("page 3", bytes));
  EXPECT_FALSE(key.is_code("page 2", bytes.substr(1)));
  EXPECT_FALSE(SecretKey::generate().is_code("page 2", bytes));
}

}  // namespace
}  // namespace panj::share
