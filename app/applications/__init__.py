"""Applications 申请单: locks, telephones, parking, name boards, overtime, goods release."""
