#compdef jcompose
# Completion of jcompose for zsh. jcompose itself knows what fits; this asks it.
_jcompose() {
  local line
  local -a found
  for line in ${(f)"$(jcompose completion words -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)"}; do
    case ${line%%$'\t'*} in
      :files) _files ;;
      :folders) _files -/ ;;
      *=|*:) compadd -S '' -- "${line%%$'\t'*}" ;;
      *$'\t'*) found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
      *) found+=("${line//:/\\:}") ;;
    esac
  done
  (( $#found )) && _describe jcompose found
}
compdef _jcompose jcompose
