# Completion of jcompose for bash. jcompose itself knows what fits; this asks it.
_jcompose() {
  local current=${COMP_WORDS[COMP_CWORD]} line word
  # readline splits at "=" and ":", so the line is put together again up to the cursor.
  local -a words=()
  local i
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == [=:] && ${#words[@]} -gt 0 ]]; then
      words[${#words[@]} - 1]+=$word
    elif [[ ${#words[@]} -gt 0 && ${COMP_WORDS[i - 1]} == [=:] && $i -gt 1 ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  local whole=${words[${#words[@]} - 1]}
  local done=${whole%"$current"}
  [[ $current == [=:] ]] && done=$whole current=
  COMPREPLY=()
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    case $word in
      :files) compopt -o filenames 2>/dev/null
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current") ;;
      :folders) compopt -o filenames 2>/dev/null
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$current") ;;
      *[=:]) compopt -o nospace 2>/dev/null; COMPREPLY+=("${word#"$done"}") ;;
      *) COMPREPLY+=("${word#"$done"}") ;;
    esac
  done < <(jcompose completion words -- "${words[@]}" 2>/dev/null)
}
complete -F _jcompose jcompose
