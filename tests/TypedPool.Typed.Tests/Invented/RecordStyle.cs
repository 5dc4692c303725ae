namespace TypedPool.TypedTests.Invented;

/// <summary>What kind of class a record is in Python.</summary>
internal enum RecordStyle
{
    /// <summary>A dataclass.</summary>
    Dataclass,

    /// <summary>A dataclass that can be hashed where its fields can.</summary>
    FrozenDataclass,

    /// <summary>A named tuple.</summary>
    NamedTuple,

    /// <summary>A dictionary; what need not be there has no default, and stays absent.</summary>
    TypedDict,

    /// <summary>A class of attrs.</summary>
    Attrs,

    /// <summary>A class of attrs that can be hashed where its fields can.</summary>
    FrozenAttrs,

    /// <summary>A model of pydantic's.</summary>
    Model,

    /// <summary>A model of pydantic's that can be hashed where its fields can.</summary>
    FrozenModel,

    /// <summary>A dataclass of pydantic's.</summary>
    ModelDataclass,
}
