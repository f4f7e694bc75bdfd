[<EntryPoint>]
let main args =
    printfn "%d feeds" args.Length
    0
