# Completion of jcompose for fish. jcompose itself knows what fits; this asks it.
function __jcompose_candidates
    set -l words (commandline -opc)[2..-1]
    set -l current (commandline -ct)
    for line in (jcompose completion words -- $words "$current" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':folders'
                __fish_complete_directories "$current" ''
            case '*'
                echo $line
        end
    end
end
complete -c jcompose -f -a '(__jcompose_candidates)'
