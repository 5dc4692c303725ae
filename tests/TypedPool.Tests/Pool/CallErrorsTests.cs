using System.Text.Json;
using TypedPool.Pool;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Pool;

public sealed class CallErrorsTests
{
    [Theory]
    [InlineData("out of memory", "out of memory")]
    [InlineData("", "The worker answered with error -32603, and says nothing of it.")]
    public void An_internal_error_of_which_no_type_is_told_is_an_exception_with_what_is_told(string message, string told)
    {
        var exception = Assert.IsType<PythonException>(CallErrors.From(new WireError(WireError.InternalError, message, default), []));

        Assert.Equal((told, "", -32603), (exception.Message, exception.PythonType, exception.Error.Code));
    }

    [Theory]
    [InlineData("typedpool.InvalidResult")]
    [InlineData("typedpool.MessageTooLarge")]
    public void An_internal_error_about_the_result_is_no_exception_of_the_command(string type)
    {
        var data = JsonSerializer.SerializeToElement(new { type, pointer = "/a" });

        Assert.IsType<InvalidResultException>(CallErrors.From(new WireError(WireError.InternalError, "no", data), []));
    }
}
