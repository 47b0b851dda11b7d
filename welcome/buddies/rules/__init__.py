"""The scheme's rules, pure: who may meet whom, and how well they suit."""
