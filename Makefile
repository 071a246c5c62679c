# Every target is `python3 dev.py NAME`, for those who would rather type make.
.PHONY: run test lint bench soak coverage tck messages lock
run test lint bench soak coverage tck messages lock:
	@python3 dev.py $@
