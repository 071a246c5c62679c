# Every target is `python3 dev.py NAME`, for those who would rather type make.
.PHONY: run test lint bench soak coverage messages lock
run test lint bench soak coverage messages lock:
	@python3 dev.py $@
