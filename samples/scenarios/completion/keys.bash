# What bash would offer: `keys WORD...` with the last word still being typed, split as readline splits.
eval "$(jcompose completion bash)"
keys() { COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _jcompose; echo "${COMPREPLY[*]}"; }
