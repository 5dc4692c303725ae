namespace TypedPool.Generators.Naming;

/// <summary>Names that C# or the generated code needs for itself.</summary>
internal static class ReservedNames
{
    /// <summary>What every record has, or what the compiler would take for part of one.</summary>
    public static readonly string[] OfRecords =
    [
        "Clone", "Deconstruct", "EqualityContract", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone",
        "PrintMembers", "ReferenceEquals", "ToString",
    ];

    /// <summary>What every exception of ours has.</summary>
    public static readonly string[] OfExceptions =
    [
        "Category", "Code", "Command", "Data", "Equals", "Error", "Finalize", "GetBaseException", "GetHashCode", "GetObjectData",
        "GetType", "HResult", "HelpLink", "InnerException", "MemberwiseClone", "Message", "PoolName", "PythonType", "ReferenceEquals",
        "SerializeObjectState", "Session", "Source", "StackTrace", "TargetSite", "ToString", "Traceback", "WorkerId",
    ];

    /// <summary>The one member that every enum has.</summary>
    public static readonly string[] OfEnums = ["value__"];

    /// <summary>What the struct of a set of values has besides its values.</summary>
    public static readonly string[] OfChoices = ["Value", .. OfRecords];

    /// <summary>What stands beside the types of a client in its namespace.</summary>
    public static string[] BesideClient(string client) => [client, "I" + client, client + "Json"];

    /// <summary>What stands beside the commands in a client: a member cannot be named like its type.</summary>
    public static string[] InClient(string client) => [client, "I" + client, "InSession", "Contract", "Host"];
}
