"""The demonstration zone: 钢城经济开发区 in 2024. Everybody and everything in it is fictional."""
