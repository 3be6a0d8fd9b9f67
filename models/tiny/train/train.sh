#!/bin/sh
# Trains base and adapters into the folder OUT: `sh train.sh OUT`. A stopped run goes on where it was.
set -eu
out=$1
here=$(dirname "$0")
export OMP_NUM_THREADS=1
# OpenBLAS does not know newer processors and falls back to the slowest code.
export OPENBLAS_CORETYPE="${OPENBLAS_CORETYPE:-SkylakeX}"
python=${PYTHON:-python3}
mkdir -p "$out"
$python "$here/pretrain.py" "$out/base" --steps 4400 --rank 1 --world 2 &
other=$!
$python "$here/pretrain.py" "$out/base" --steps 4400 --rank 0 --world 2
wait "$other"
$python "$here/export.py" "$out/base/checkpoint.pt" "$out/base.f16.gguf"
$python "$here/tasks.py" sizes | while read -r task size; do
  [ -e "$out/$task-$size.lora.gguf" ] || $python "$here/tune.py" "$out/base.f16.gguf" "$out/$task-$size.lora.gguf" "$task" "$size"
done
(cd "$out" && sha256sum ./*.gguf | sed 's# \./# #' > SHA256SUMS)
(cd "$out" && sha256sum base.f16.gguf > BASE.sha256)
